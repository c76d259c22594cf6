// 128-bit integers: sums that cannot overflow and are the same in any order.
#pragma once

namespace parcours {

__extension__ using Uint128 = unsigned __int128;
__extension__ using Int128 = __int128;

}  // namespace parcours
