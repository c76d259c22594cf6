#include "audit/assumed.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "page/numbers.h"

namespace parcours::audit::assumed {

using fmt::format;

tables::Label total_by_name(const std::string& dimension, const std::vector<std::string>& codes) {
  return {
      format("the total of {} is '{}' (by its name)", dimension, fmt::join(codes, "', '")),
      format("le total de {} est « {} » (d’après son nom)", dimension, fmt::join(codes, " », « "))};
}

tables::Label total_by_adding(const std::string& dimension, const std::string& code) {
  return {format("the total of {} is '{}' (found by adding up)", dimension, code),
          format("le total de {} est « {} » (trouvé par addition)", dimension, code)};
}

tables::Label no_total(const std::string& dimension) {
  return {format("no code of {0} is its total (if one is: --total {0}=CODE)", dimension),
          format("aucun code de {0} n’en est le total (sinon : --total {0}=CODE)", dimension)};
}

tables::Label several_times(const std::string& dimension, std::string_view any) {
  return {
      format("in {} a person may be counted several times ('{}')", dimension, any),
      format("dans {}, une personne peut être comptée plusieurs fois (« {} »)", dimension, any)};
}

tables::Label tree_of_prefixes(const std::string& dimension) {
  return {format("the codes of {0} are a tree: a code is part of the one that it begins with "
                 "(found by adding up; if not: --flat {0})",
                 dimension),
          format("les codes de {0} forment un arbre : un code fait partie de celui par lequel il "
                 "commence (trouvé par addition ; sinon : --flat {0})",
                 dimension)};
}

tables::Label flat(const std::vector<std::string>& dimensions) {
  return {format("no code is part of another one, totals left out, in: {} (if one is: "
                 "--hierarchy or --prefix)",
                 fmt::join(dimensions, ", ")),
          format("hors totaux, aucun code ne fait partie d’un autre dans : {} (sinon : "
                 "--hierarchy ou --prefix)",
                 fmt::join(dimensions, ", "))};
}

tables::Label value_column(const std::string& file, const std::string& column) {
  return {format("{}: the value is '{}'", file, column),
          format("{} : la valeur est « {} »", file, column)};
}

tables::Label status_column(const std::string& file, const std::string& column,
                            bool confidentiality) {
  return {format("{}: the status is '{}'{}", file, column,
                 confidentiality ? "; all its codes hide but 'F' (free)" : ""),
          format("{} : le statut est « {} »{}", file, column,
                 confidentiality ? " ; tous ses codes masquent, sauf « F » (libre)" : "")};
}

tables::Label same_content(const std::string& file, const std::string& column,
                           const std::string& as) {
  return {
      format("{}: '{}' has the same content as '{}' and is left out", file, column, as),
      format("{} : « {} » a le même contenu que « {} » et est laissée de côté", file, column, as)};
}

tables::Label no_dimensions(const std::string& file, const std::vector<std::string>& columns) {
  return {format("{}: no dimension: {} (if one is: --by)", file, fmt::join(columns, ", ")),
          format("{} : ne sont pas des dimensions : {} (sinon : --by)", file,
                 fmt::join(columns, ", "))};
}

tables::Label of_release(const std::string& file) {
  return {
      format("{}: a table of a Parcours release: 'patients' are counted, 'status' says what "
             "is hidden, and a hidden cell is 1 or more, because empty ones are published "
             "(if not: --hidden {}=0..)",
             file, tables::confidential_word),
      format("{} : tableau d’une diffusion Parcours : « patients » donne l’effectif, « status » "
             "dit ce qui est masqué, et une case masquée vaut 1 ou plus, car les cases vides "
             "sont publiées (sinon : --hidden {}=0..)",
             file, tables::confidential_word)};
}

namespace {

// "1 line", "1,234 lines".
tables::Label in_lines(std::uint64_t lines) {
  const tables::Label count = page::thousands(lines);
  return {format("{} {}", count.en, lines == 1 ? "line" : "lines"),
          format("{} {}", count.fr, lines < 2 ? "ligne" : "lignes")};
}

}  // namespace

tables::Label usual_mark(const std::string& file, const std::string& column,
                         const std::string& mark, std::uint64_t lines,
                         const tables::Label& office) {
  const tables::Label count = in_lines(lines);
  return {format("{}: '{}' in '{}' hides a value ({}; {}) and may stand for any count; if you know "
                 "its range, say so: --hidden '{}=1..7'",
                 file, mark, column, office.en, count.en, mark),
          format("{} : « {} » dans « {} » masque une valeur ({} ; {}) et peut valoir n’importe "
                 "quel effectif ; si vous en connaissez l’intervalle, indiquez-le : "
                 "--hidden '{}=1..7'",
                 file, mark, column, office.fr, count.fr, mark)};
}

tables::Label empty_value(const std::string& file, const std::string& column, std::uint64_t lines) {
  const tables::Label count = in_lines(lines);
  return {format("{}: an empty value in '{}' is hidden ({}) and may stand for any count; if you "
                 "know its range, say so: --hidden '=1..7'",
                 file, column, count.en),
          format("{} : une valeur vide dans « {} » est masquée ({}) et peut valoir n’importe quel "
                 "effectif ; si vous en connaissez l’intervalle, indiquez-le : --hidden '=1..7'",
                 file, column, count.fr)};
}

tables::Label not_known(const std::string& file, const std::string& column,
                        const std::vector<std::string>& words, std::uint64_t lines) {
  const tables::Label count = in_lines(lines);
  const std::string all = format("{}", fmt::join(words, ", "));
  const bool one = words.size() == 1;
  return {format("Check this first: in '{}' of {}, {} {} where nothing is known; {} as hidden and "
                 "may be any count ({}). If it means 0, say --hidden '{}=0..0'.",
                 column, file, all, one ? "stands" : "stand", one ? "it counts" : "they count",
                 count.en, words.front()),
          format("À vérifier d’abord : dans « {} » de {}, {} {} lieu de valeur inconnue ; cela "
                 "compte comme masqué et peut valoir n’importe quel effectif ({}). Si cela "
                 "signifie 0, indiquez --hidden '{}=0..0'.",
                 column, file, all, one ? "tient" : "tiennent", count.fr, words.front())};
}

tables::Label doubtful(const std::string& file, const std::string& column,
                       const std::string& number, std::uint64_t lines, DoubtfulAs as) {
  const tables::Label count = in_lines(lines);
  const auto sentence = [&](const char* en, const char* fr, bool hidden) {
    const std::string option = format("{}={}", hidden ? "--number" : "--hidden", number);
    return tables::Label{
        format("Check this first: in '{}' of {}, {} {} ({}). If it {}, say {}.", column, file,
               number, en, count.en, hidden ? "is a number" : "stands where nothing is known",
               option),
        format("À vérifier d’abord : dans « {} » de {}, {} {} ({}). {}, indiquez {}.", column, file,
               number, fr, count.fr,
               hidden ? "Si c’est un nombre" : "Si cela tient lieu de valeur inconnue", option)};
  };
  switch (as) {
    case DoubtfulAs::hidden_below_zero:
      return sentence(
          "stands where nothing is known, as no other value is below 0; it counts as hidden",
          "tient lieu de valeur inconnue, car aucune autre valeur n’est négative ; cela compte "
          "comme masqué",
          true);
    case DoubtfulAs::hidden_by_sums:
      return sentence(
          "stands where nothing is known, as the sums are far off with it; it counts as hidden",
          "tient lieu de valeur inconnue, car les sommes en sont très éloignées ; cela compte "
          "comme masqué",
          true);
    case DoubtfulAs::hidden_far_above:
      return sentence(
          "stands where nothing is known, as it lies far above all other values; it counts as "
          "hidden",
          "tient lieu de valeur inconnue, car il est très supérieur à toutes les autres valeurs ; "
          "cela compte comme masqué",
          true);
    case DoubtfulAs::number_by_sums:
      return sentence("counts as a number, as a sum holds with it",
                      "compte comme un nombre, car une somme est vérifiée avec cette valeur",
                      false);
    case DoubtfulAs::number_far_above:
      break;
  }
  return sentence(
      "lies far above all other values, and no sum confirms it; it counts as a number",
      "est très supérieur à toutes les autres valeurs, et aucune somme ne le confirme ; cela "
      "compte comme un nombre",
      false);
}

tables::Label rounded(const std::string& file, std::int64_t base, std::string_view beside) {
  return {format("{}: counts are rounded to the nearest {}, as OpenSAFELY writes them beside "
                 "'{}' (if they are exact: --rounded no)",
                 file, base, beside),
          format("{} : les effectifs sont arrondis au multiple de {} le plus proche, comme "
                 "OpenSAFELY les écrit à côté de « {} » (s’ils sont exacts : --rounded no)",
                 file, base, beside)};
}

tables::Label other_people(const std::string& file, bool of_means) {
  return {format("{} is not about the people of the other tables: {}", file,
                 of_means ? "it counts those who have a value" : "its published counts differ"),
          format("{} ne porte pas sur les mêmes personnes que les autres tableaux : {}", file,
                 of_means ? "ses effectifs sont ceux des personnes dont la valeur est connue"
                          : "ses effectifs publiés diffèrent")};
}

tables::Label without_a_line(std::uint64_t combinations, bool zero) {
  return {
      format("{} combinations without a line count as {}", combinations, zero ? "zero" : "hidden"),
      format("combinaisons sans ligne, prises pour {} : {}", zero ? "0" : "masquées",
             page::thousands(combinations).fr)};
}

std::vector<std::string> english(const std::vector<tables::Label>& sentences) {
  std::vector<std::string> said;
  std::ranges::transform(sentences, std::back_inserter(said), &tables::Label::en);
  return said;
}

}  // namespace parcours::audit::assumed
