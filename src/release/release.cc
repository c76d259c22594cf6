#include "release/release.h"

namespace parcours::release {

Release::Release(Verdict verdict, Permitted permitted, Asked asked, past::EarlierFigures earlier)
    : verdict_(std::move(verdict)),
      permitted_(std::move(permitted)),
      asked_(std::move(asked)),
      earlier_(std::move(earlier)) {
  earlier_.tables.resize(verdict_.tables().size());
  for (std::size_t t = 0; t < earlier_.tables.size(); ++t) {
    const std::vector<tables::Cell>& cells = verdict_.tables()[t].cells;
    std::erase_if(earlier_.tables[t], [&](const past::EarlierFigure& figure) {
      return cells[figure.cell].status == tables::CellStatus::published;
    });
  }
  earlier_.drop_unused_editions();
}

}  // namespace parcours::release
