#include "records/secret.h"

#include <sodium.h>

#include <new>

#include "base/check.h"

namespace parcours::records {
namespace {

unsigned char* guarded(std::size_t size) {
  PARCOURS_CHECK(sodium_init() >= 0);
  auto* bytes = static_cast<unsigned char*>(sodium_malloc(size));
  if (bytes == nullptr) {
    throw std::bad_alloc();
  }
  return bytes;
}

}  // namespace

void Secret::Free::operator()(unsigned char* bytes) const {
  sodium_free(bytes);
}

Secret::Secret(std::size_t size) : bytes_(guarded(size)), size_(size) {}

void Secret::shorten(std::size_t size) {
  PARCOURS_CHECK(size <= size_);
  size_ = size;
}

}  // namespace parcours::records
