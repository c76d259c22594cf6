// What the loops of this project call on each of what they go through: it gives a Status, of which
// an error ends the loop, or nothing.
//
//   RETURN_IF_ERROR(duck::for_rows(rows, [&](std::size_t row) { days.push_back(...); }));
#pragma once

#include <functional>
#include <type_traits>
#include <utility>

#include "base/error.h"

namespace parcours {

template <class Each, class... Arguments>
Status call_each(Each& each, Arguments&&... arguments) {
  if constexpr (std::is_void_v<std::invoke_result_t<Each&, Arguments...>>) {
    std::invoke(each, std::forward<Arguments>(arguments)...);
    return {};
  } else {
    return std::invoke(each, std::forward<Arguments>(arguments)...);
  }
}

}  // namespace parcours
