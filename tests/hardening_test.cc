// The command's binary, read: what makes a mistake in memory a stopped program and not a door
// (cmake/toolchain.cmake). PARCOURS_BINARY in the environment names another one to read, the
// release build's say.

#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"

namespace parcours {
namespace {

using testing::Contains;

// A 64-bit ELF file's tables.
class Binary {
 public:
  explicit Binary(std::string bytes) : bytes_(std::move(bytes)) {}

  Elf64_Ehdr header() const { return at<Elf64_Ehdr>(0); }

  std::vector<Elf64_Phdr> segments(Elf64_Word type) const {
    const Elf64_Ehdr head = header();
    std::vector<Elf64_Phdr> found;
    for (std::size_t i = 0; i < head.e_phnum; ++i) {
      const auto segment = at<Elf64_Phdr>(head.e_phoff + i * head.e_phentsize);
      if (segment.p_type == type) {
        found.push_back(segment);
      }
    }
    return found;
  }

  // The value of a tag of the dynamic section; 0 where it is not there.
  Elf64_Xword dynamic(Elf64_Sxword tag) const {
    const Elf64_Phdr section = segments(PT_DYNAMIC).at(0);
    for (std::size_t i = 0; i < section.p_filesz; i += sizeof(Elf64_Dyn)) {
      const auto entry = at<Elf64_Dyn>(section.p_offset + i);
      if (entry.d_tag == tag) {
        return entry.d_un.d_val;
      }
    }
    return 0;
  }

  // Names of functions that others are to give.
  std::set<std::string> imports() const {
    std::set<std::string> names;
    each_symbol(SHT_DYNSYM, [&](const std::string& name, const Elf64_Sym& symbol) {
      if (symbol.st_shndx == SHN_UNDEF) {
        names.insert(name);
      }
    });
    return names;
  }

  // The first four bytes of a function of its own.
  std::string begin_of(const std::string& function) const {
    std::string begin;
    each_symbol(SHT_SYMTAB, [&](const std::string& name, const Elf64_Sym& symbol) {
      if (name == function && symbol.st_shndx != SHN_UNDEF) {
        for (const Elf64_Phdr& segment : segments(PT_LOAD)) {
          if (symbol.st_value >= segment.p_vaddr &&
              symbol.st_value < segment.p_vaddr + segment.p_filesz) {
            begin = bytes_.substr(symbol.st_value - segment.p_vaddr + segment.p_offset, 4);
          }
        }
      }
    });
    return begin;
  }

 private:
  template <class T>
  T at(std::size_t offset) const {
    T value{};
    if (offset + sizeof(T) <= bytes_.size()) {
      std::memcpy(&value, bytes_.data() + offset, sizeof(T));
    }
    return value;
  }

  template <class Take>
  void each_symbol(Elf64_Word table, Take take) const {
    const Elf64_Ehdr head = header();
    for (std::size_t i = 0; i < head.e_shnum; ++i) {
      const auto section = at<Elf64_Shdr>(head.e_shoff + i * head.e_shentsize);
      if (section.sh_type != table) {
        continue;
      }
      const auto names = at<Elf64_Shdr>(head.e_shoff + section.sh_link * head.e_shentsize);
      for (std::size_t s = 0; s < section.sh_size; s += sizeof(Elf64_Sym)) {
        const auto symbol = at<Elf64_Sym>(section.sh_offset + s);
        take(std::string(bytes_.c_str() + names.sh_offset + symbol.st_name), symbol);
      }
    }
  }

  std::string bytes_;
};

class Hardening : public testing::Test {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a build for a sanitizer is not what users run";
#endif
    const char* named = std::getenv("PARCOURS_BINARY");
    const auto bytes = read_file(named == nullptr ? PARCOURS_COMMAND : named);
    ASSERT_TRUE(bytes) << bytes.error().sentence();
    binary_.emplace(*bytes);
    ASSERT_EQ(std::memcmp(binary().header().e_ident, ELFMAG, SELFMAG), 0);
  }
  const Binary& binary() const { return *binary_; }

 private:
  std::optional<Binary> binary_;
};

TEST_F(Hardening, LiesAtAddressesDrawnAnew) {
  EXPECT_EQ(binary().header().e_type, ET_DYN);
  EXPECT_NE(binary().dynamic(DT_FLAGS_1) & DF_1_PIE, 0u);
}

TEST_F(Hardening, ItsTableOfFunctionsCannotBeWritten) {
  EXPECT_EQ(binary().segments(PT_GNU_RELRO).size(), 1u);
  EXPECT_TRUE((binary().dynamic(DT_FLAGS) & DF_BIND_NOW) != 0 ||
              (binary().dynamic(DT_FLAGS_1) & DF_1_NOW) != 0);
}

TEST_F(Hardening, NothingThatCanBeWrittenIsRun) {
  const auto stacks = binary().segments(PT_GNU_STACK);
  ASSERT_EQ(stacks.size(), 1u);
  EXPECT_EQ(stacks[0].p_flags & PF_X, 0u);
  for (const Elf64_Phdr& segment : binary().segments(PT_LOAD)) {
    EXPECT_NE(segment.p_flags & (PF_W | PF_X), Elf64_Word{PF_W | PF_X});
  }
}

TEST_F(Hardening, ChecksItsStackItsCopiesAndItsBounds) {
  const std::set<std::string> imports = binary().imports();
  EXPECT_THAT(imports, Contains("__stack_chk_fail"));
  EXPECT_GE(std::ranges::count_if(imports, [](const auto& name) { return name.ends_with("_chk"); }),
            2);
  EXPECT_THAT(imports, Contains(testing::HasSubstr("__glibcxx_assert_fail")));
}

TEST_F(Hardening, JumpsLandAtFunctions) {
  EXPECT_EQ(binary().begin_of("main"), "\xF3\x0F\x1E\xFA") << "endbr64";
}

}  // namespace
}  // namespace parcours
