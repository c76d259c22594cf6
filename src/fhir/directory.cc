#include "fhir/directory.h"

namespace parcours::fhir {
namespace {

const Codings no_codings;

}  // namespace

std::string Directory::name_of(std::string_view type, std::string_view id,
                               std::string_view full_url) {
  if (id.empty()) {
    return std::string(full_url);
  }
  std::string name(type);
  name += '/';
  name += id;
  return name;
}

void Directory::add_address(std::string_view full_url, const std::string& name) {
  if (full_url.empty()) {
    return;
  }
  const auto [at, fresh] = names_.try_emplace(hash_(full_url), name);
  if (!fresh && at->second != name) {
    at->second.clear();
  }
}

void Directory::add_patient(const std::string& name, std::string_view full_url) {
  add_address(full_url, name);
}

void Directory::add_drug(const std::string& name, std::string_view full_url,
                         const Codings& codings) {
  add_address(full_url, name);
  std::vector<std::pair<std::string, std::string>> texts;
  for (const ingest::Coding& coding : codings) {
    texts.emplace_back(coding.system, coding.code);
  }
  const auto [kept, fresh] = drug_codings_.try_emplace(std::move(texts));
  if (fresh) {
    for (const auto& [system, code] : kept->first) {
      kept->second.push_back({system, code});
    }
  }
  const auto [at, fresh_name] = drugs_.try_emplace(hash_(name), &kept->second);
  if (!fresh_name && at->second != &kept->second) {
    at->second = &no_codings;
  }
}

void Directory::add_deleted(std::string_view name) {
  deleted_.insert(hash_(name));
}

void Directory::note_address(std::string_view full_url) {
  if (base_.empty() && !full_url.empty()) {
    base_ = read_reference(full_url).base;
  }
}

void Directory::note_reference_to(std::string_view base) {
  if (referenced_base_.empty()) {
    referenced_base_ = base;
  }
}

std::string_view Directory::name(const Reference& reference) const {
  switch (reference.form) {
    case Reference::Form::relative:
      return reference.path;
    case Reference::Form::urn:
    case Reference::Form::absolute: {
      // An address without its version is one piece of text.
      const std::string_view address =
          reference.form == Reference::Form::urn
              ? reference.path
              : std::string_view(reference.base.data(),
                                 reference.base.size() + 1 + reference.path.size());
      if (const auto known = names_.find(hash_(address)); known != names_.end()) {
        return known->second;
      }
      return reference.form == Reference::Form::absolute && reference.base == base()
                 ? reference.path
                 : std::string_view();
    }
    default:
      return {};
  }
}

const Codings* Directory::drug(std::string_view name) const {
  const auto found = drugs_.find(hash_(name));
  return found == drugs_.end() ? nullptr : found->second;
}

bool Directory::deleted(std::string_view name) const {
  return !deleted_.empty() && deleted_.contains(hash_(name));
}

}  // namespace parcours::fhir
