#include "cda/archive.h"

#include <zip.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/letters.h"

namespace parcours::cda {
namespace {

// libzip reads the archive through this, from the file that is open already.
struct OpenFile {
  InputFile file;
  std::uint64_t at = 0;
  zip_error_t error{};
};

zip_int64_t file_source(void* data, void* buffer, zip_uint64_t length, zip_source_cmd_t command) {
  OpenFile& open = *static_cast<OpenFile*>(data);
  switch (command) {
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                            ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                            ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, -1);
    case ZIP_SOURCE_OPEN:
      open.at = 0;
      return 0;
    case ZIP_SOURCE_READ: {
      const Result<std::size_t> got = open.file.read_at(
          open.at, {static_cast<char*>(buffer), static_cast<std::size_t>(length)});
      if (!got) {
        zip_error_set(&open.error, ZIP_ER_READ, 0);
        return -1;
      }
      open.at += *got;
      return static_cast<zip_int64_t>(*got);
    }
    case ZIP_SOURCE_CLOSE:
      return 0;
    case ZIP_SOURCE_STAT: {
      zip_stat_t* stat = ZIP_SOURCE_GET_ARGS(zip_stat_t, buffer, length, &open.error);
      if (stat == nullptr) {
        return -1;
      }
      zip_stat_init(stat);
      stat->size = open.file.size();
      stat->valid = ZIP_STAT_SIZE;
      return sizeof(zip_stat_t);
    }
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data(&open.error, buffer, length);
    case ZIP_SOURCE_FREE:
      delete &open;
      return 0;
    case ZIP_SOURCE_SEEK: {
      const zip_int64_t to =
          zip_source_seek_compute_offset(open.at, open.file.size(), buffer, length, &open.error);
      if (to < 0) {
        return -1;
      }
      open.at = static_cast<std::uint64_t>(to);
      return 0;
    }
    case ZIP_SOURCE_TELL:
      return static_cast<zip_int64_t>(open.at);
    default:
      zip_error_set(&open.error, ZIP_ER_OPNOTSUPP, 0);
      return -1;
  }
}

class MemberBytes : public Bytes {
 public:
  MemberBytes(zip_t* archive, const Member& member)
      : packed_(member.packed), said_(member.unpacked) {
    file_ = zip_fopen_index(archive, member.index, 0);
    if (file_ == nullptr) {
      const int code = zip_error_code_zip(zip_get_error(archive));
      defect_ = code == ZIP_ER_NOPASSWD || code == ZIP_ER_ENCRNOTSUPP ? Defect::encrypted
                                                                      : Defect::damaged;
    }
  }
  ~MemberBytes() override {
    if (file_ != nullptr) {
      zip_fclose(file_);
    }
  }
  MemberBytes(const MemberBytes&) = delete;
  MemberBytes& operator=(const MemberBytes&) = delete;

  Result<std::size_t> read(std::span<char> to) override {
    std::size_t got = 0;
    while (defect_ == Defect::none && got < to.size()) {
      const zip_int64_t some = zip_fread(file_, to.data() + got, to.size() - got);
      if (some < 0) {
        defect_ = Defect::damaged;
      } else if (some == 0) {
        break;
      } else {
        got += static_cast<std::size_t>(some);
        unpacked_ += static_cast<std::uint64_t>(some);
        if (unpacked_ > said_) {
          defect_ = Defect::damaged;
        } else if (unpacked_ > growth_from && unpacked_ / most_growth > packed_) {
          defect_ = Defect::bomb;
        }
      }
    }
    return defect_ == Defect::none ? got : 0;
  }

 private:
  zip_file_t* file_ = nullptr;
  std::uint64_t packed_;
  std::uint64_t said_;
  std::uint64_t unpacked_ = 0;
};

// The documents of a METADATA.XML: the URI of each, and whether it is XML.
class Metadata : public XmlHandler {
 public:
  struct Document {
    std::string uri;
    bool xml = true;
  };

  explicit Metadata(XmlReader& xml) : xml_(xml) {}
  const std::vector<Document>& documents() const { return documents_; }

 private:
  static std::string_view local(std::string_view name) { return name.substr(name.rfind('|') + 1); }

  void start(const char* name, const char** attributes) override {
    const std::string_view tag = local(name);
    const auto attribute = [&](std::string_view wanted) {
      for (const char** one = attributes; *one != nullptr; one += 2) {
        if (wanted == one[0]) {
          return std::string_view(one[1]);
        }
      }
      return std::string_view();
    };
    ++depth_;
    if (tag == "ExtrinsicObject") {
      const std::string mime = lower(attribute("mimeType"));
      documents_.push_back({"", mime.empty() || mime.ends_with("xml")});
      document_at_ = depth_;
    } else if (tag == "Slot" && document_at_ > 0) {
      uri_ = attribute("name") == "URI";
    } else if (tag == "Value" && uri_) {
      in_value_ = true;
      xml_.want_text(true);
    }
  }
  void end() override {
    if (in_value_) {
      in_value_ = uri_ = false;
      xml_.want_text(false);
    }
    if (depth_ == document_at_) {
      document_at_ = 0;
      uri_ = false;
    }
    --depth_;
  }
  void text(std::string_view text) override {
    if (in_value_ && document_at_ > 0 && documents_.back().uri.size() + text.size() < 1000) {
      documents_.back().uri += text;
    }
  }

  XmlReader& xml_;
  std::vector<Document> documents_;
  std::size_t depth_ = 0;
  std::size_t document_at_ = 0;
  bool uri_ = false;
  bool in_value_ = false;
};

bool is_metadata(std::string_view name) {
  return name.starts_with("ihe_xdm/") && name.ends_with("/metadata.xml") &&
         std::ranges::count(name, '/') == 2;
}

}  // namespace

struct Archive::State {
  zip_t* zip = nullptr;
  std::vector<std::string> names;  // in lower case, by index
  std::vector<Member> members;

  ~State() {
    if (zip != nullptr) {
      zip_discard(zip);
    }
  }
};

Archive::Archive(std::unique_ptr<State> state) : state_(std::move(state)) {}
Archive::~Archive() = default;

Result<Archive::Opened> Archive::open(const InputFile& file) {
  zip_error_t error;
  zip_error_init(&error);
  auto* open = new OpenFile{file};
  zip_source_t* source = zip_source_function_create(file_source, open, &error);
  if (source == nullptr) {
    delete open;
    throw std::bad_alloc();
  }
  auto state = std::make_unique<State>();
  state->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (state->zip == nullptr) {
    zip_source_free(source);
    return Opened{nullptr, Defect::damaged};
  }
  const zip_int64_t count = zip_get_num_entries(state->zip, 0);
  if (count < 0) {
    return Opened{nullptr, Defect::damaged};
  }
  if (static_cast<std::uint64_t>(count) > most_members) {
    return Opened{nullptr, Defect::too_many_members};
  }
  std::uint64_t unpacked = 0;
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    Member member{.index = i};
    if (zip_stat_index(state->zip, i, 0, &stat) != 0) {
      member.defect = Defect::damaged;
      state->names.emplace_back();
    } else {
      member.packed = stat.comp_size;
      member.unpacked = stat.size;
      state->names.push_back(lower((stat.valid & ZIP_STAT_NAME) != 0 ? stat.name : ""));
      std::ranges::replace(state->names.back(), '\\', '/');
      unpacked += stat.size;
      if (stat.size > largest_document) {
        member.defect = Defect::too_large;
      }
    }
    state->members.push_back(member);
  }
  // Members may share their bytes, so that each alone grows little.
  if (unpacked > growth_from && unpacked / most_growth > file.size()) {
    return Opened{nullptr, Defect::bomb};
  }
  return Opened{std::unique_ptr<Archive>(new Archive(std::move(state))), Defect::none};
}

Result<std::vector<Member>> Archive::documents(XmlReader& xml) {
  std::vector<Member> found;
  std::map<std::string_view, std::size_t> by_name;
  for (std::size_t i = 0; i < state_->names.size(); ++i) {
    by_name.try_emplace(state_->names[i], i);
  }
  bool described = false;
  std::set<std::size_t> taken_members;
  for (std::size_t i = 0; i < state_->names.size(); ++i) {
    const std::string& name = state_->names[i];
    if (!is_metadata(name)) {
      continue;
    }
    described = true;
    Member metadata = state_->members[i];
    if (metadata.defect == Defect::none) {
      Metadata handler(xml);
      const std::unique_ptr<Bytes> bytes = read(metadata);
      ASSIGN_OR_RETURN(const DefectAt at, xml.read(*bytes, handler));
      const std::string folder = name.substr(0, name.rfind('/') + 1);
      for (const Metadata::Document& document : handler.documents()) {
        const auto known = by_name.find(folder + lower(trimmed(document.uri)));
        if (known == by_name.end()) {
          found.push_back({.index = i, .defect = Defect::missing_member});
        } else if (taken_members.insert(known->second).second) {
          found.push_back(state_->members[known->second]);
          found.back().other = !document.xml;
        }
      }
      metadata.defect = at.defect;
    }
    if (metadata.defect != Defect::none) {
      found.push_back(metadata);
    }
  }
  if (described) {
    return found;
  }
  for (std::size_t i = 0; i < state_->names.size(); ++i) {
    const std::string_view name = state_->names[i];
    if (name.ends_with(".xml")) {
      found.push_back(state_->members[i]);
    } else if (name.ends_with(".zip")) {
      found.push_back(state_->members[i]);
      found.back().defect = Defect::zip_in_zip;
    }
  }
  return found;
}

std::unique_ptr<Bytes> Archive::read(const Member& member) {
  return std::make_unique<MemberBytes>(state_->zip, member);
}

}  // namespace parcours::cda
