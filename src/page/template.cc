#include "page/template.h"

#include <fmt/format.h>

#include <vector>

#include "page/escape.h"
#include "page/json_text.h"

namespace parcours::page {
namespace {

using nlohmann::json;

// One pair of braces: where it stands, and what is in it.
struct Tag {
  std::size_t begin;
  std::size_t end;  // just after the closing braces
  char kind;        // '#', '^', '/', '*', '{' or ' ' for plain text
  std::string name;
};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  const auto last = text.find_last_not_of(' ');
  return first == std::string_view::npos ? std::string()
                                         : std::string(text.substr(first, last - first + 1));
}

class Page {
 public:
  Page(std::string_view page, const json& content) : page_(page), scopes_{&content} {}

  Result<std::string> fill() {
    RETURN_IF_ERROR(span(0, page_.size()));
    return std::move(out_);
  }

 private:
  std::unexpected<Error> broken(std::string_view what, std::string_view name) const {
    return machine_fault(fmt::format("the report's template: {} '{}'", what, name));
  }

  // The next tag at or after `from`; `begin` is npos when there is none.
  Result<Tag> next(std::size_t from) const {
    const std::size_t begin = page_.find("{{", from);
    if (begin == std::string_view::npos) {
      return Tag{begin, begin, ' ', {}};
    }
    const char mark = begin + 2 < page_.size() ? page_[begin + 2] : ' ';
    const bool raw = mark == '{';
    const std::size_t end = page_.find(raw ? "}}}" : "}}", begin + 2);
    if (end == std::string_view::npos) {
      return broken("unclosed braces at", page_.substr(begin, 20));
    }
    const bool marked = std::string_view("#^/*{").find(mark) != std::string_view::npos;
    const std::size_t name = begin + (marked ? 3 : 2);
    return Tag{begin, end + (raw ? 3 : 2), marked ? mark : ' ',
               trimmed(page_.substr(name, end - name))};
  }

  // The closing tag of the section whose opening tag is `open`.
  Result<Tag> closing(const Tag& open) const {
    int depth = 1;
    for (std::size_t at = open.end;;) {
      ASSIGN_OR_RETURN(const Tag tag, next(at));
      if (tag.begin == std::string_view::npos) {
        return broken("unclosed section", open.name);
      }
      depth += tag.name != open.name                ? 0
               : tag.kind == '#' || tag.kind == '^' ? 1
               : tag.kind == '/'                    ? -1
                                                    : 0;
      if (depth == 0) {
        return tag;
      }
      at = tag.end;
    }
  }

  const json* find(std::string_view name) const {
    if (name == ".") {
      return scopes_.back();
    }
    const std::size_t dot = name.find('.');
    const std::string head(name.substr(0, dot));
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      if (!(*scope)->is_object() || !(*scope)->contains(head)) {
        continue;
      }
      const json* found = &(**scope)[head];
      for (std::size_t at = dot; at != std::string_view::npos;) {
        const std::size_t end = name.find('.', at + 1);
        const std::string part(
            name.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
        if (!found->is_object() || !found->contains(part)) {
          return nullptr;
        }
        found = &(*found)[part];
        at = end;
      }
      return found;
    }
    return nullptr;
  }

  static bool shows(const json& value) {
    return !value.is_null() && value != json(false) && value != json("") &&
           !(value.is_array() && value.empty());
  }

  static std::string text(const json& value) {
    return value.is_string() ? value.get<std::string>() : json_text(value);
  }

  Status section(const Tag& open, const Tag& close, const json& value) {
    if (open.kind == '^') {
      return shows(value) ? Status() : span(open.end, close.begin);
    }
    if (value.is_array()) {
      for (const json& element : value) {
        scopes_.push_back(&element);
        RETURN_IF_ERROR(span(open.end, close.begin));
        scopes_.pop_back();
      }
      return {};
    }
    if (shows(value)) {
      scopes_.push_back(&value);
      RETURN_IF_ERROR(span(open.end, close.begin));
      scopes_.pop_back();
    }
    return {};
  }

  // Two elements, or one where both languages say the same.
  Status both(const Tag& tag, const json& value) {
    if (!value.is_object() || !value.contains("en") || !value.contains("fr")) {
      return broken("no text in both languages for", tag.name);
    }
    const std::string en = html_escaped(text(value["en"]));
    const std::string fr = html_escaped(text(value["fr"]));
    out_ += en == fr
                ? en
                : fmt::format("<span lang=\"en\">{}</span><span lang=\"fr\">{}</span>", en, fr);
    return {};
  }

  Status span(std::size_t at, std::size_t end) {
    while (true) {
      ASSIGN_OR_RETURN(const Tag tag, next(at));
      if (tag.begin == std::string_view::npos || tag.begin >= end) {
        out_ += page_.substr(at, end - at);
        return {};
      }
      out_ += page_.substr(at, tag.begin - at);
      at = tag.end;
      const json* value = find(tag.name);
      if (value == nullptr || tag.kind == '/') {
        return broken(value == nullptr ? "no value for" : "end of a section that was not opened,",
                      tag.name);
      }
      if (tag.kind == '#' || tag.kind == '^') {
        ASSIGN_OR_RETURN(const Tag close, closing(tag));
        RETURN_IF_ERROR(section(tag, close, *value));
        at = close.end;
      } else if (tag.kind == '*') {
        RETURN_IF_ERROR(both(tag, *value));
      } else {
        out_ += tag.kind == '{' ? text(*value) : html_escaped(text(*value));
      }
    }
  }

  std::string_view page_;
  std::vector<const json*> scopes_;
  std::string out_;
};

}  // namespace

Result<std::string> fill(std::string_view page, const json& content) {
  return Page(page, content).fill();
}

}  // namespace parcours::page
