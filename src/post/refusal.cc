#include "post/refusal.h"

#include <algorithm>
#include <array>

namespace parcours::post {
namespace {

struct Named {
  std::string_view name;
  Text sentence;
};

const std::array<Named, refusals>& table_of_refusals() {
  static const std::array<Named, refusals> table = {{
      {"not-a-package",
       {"This file is not a package. Send the file that Parcours wrote.",
        "Ce fichier n'est pas un paquet. Envoyez le fichier que Parcours a écrit."}},
      {"future-format",
       {"The package has a newer format than the vault reads. The vault's program must be updated.",
        "Le format du paquet est plus récent que ceux que lit l'entrepôt. Il faut mettre à jour le "
        "programme de l'entrepôt."}},
      {"cut-off",
       {"The file ends too early. Send the same file again.",
        "Le fichier est incomplet. Envoyez de nouveau le même fichier."}},
      {"altered",
       {"The file is not as the practice signed it. Send the same file again.",
        "Le fichier n'est pas tel que le cabinet l'a signé. Envoyez de nouveau le même fichier."}},
      {"other-key",
       {"Another key signed the package than the one with which the practice was admitted. If the "
        "practice has a new key, the permit-keeper admits it again.",
        "Le paquet est signé par une autre clé que celle avec laquelle le cabinet a été admis. Si "
        "le cabinet a une nouvelle clé, le responsable des formalités l'admet de nouveau."}},
      {"other-vault",
       {"The package is meant for another vault. Make it anew with the card of this vault.",
        "Le paquet est destiné à un autre entrepôt. Refaites-le avec la carte de cet entrepôt."}},
      {"malformed",
       {"What the package holds breaks the format. Update the program of the practice, and make "
        "the package anew.",
        "Le contenu du paquet ne respecte pas le format. Mettez à jour le programme du cabinet, "
        "puis refaites le paquet."}},
      {"unknown-practice",
       {"The vault does not know the practice. The permit-keeper admits it first.",
        "L'entrepôt ne connaît pas ce cabinet. Le responsable des formalités doit d'abord "
        "l'admettre."}},
      {"suspended",
       {"The practice is suspended. Ask the permit-keeper why; keep the package.",
        "Le cabinet est suspendu. Demandez-en la raison au responsable des formalités et conservez "
        "le paquet."}},
      {"left",
       {"The practice has left the programme, so nothing of it is taken any more.",
        "Le cabinet a quitté le programme : plus rien n'est accepté de lui."}},
      {"number-used",
       {"The vault has taken another package under this number. Make the package anew with the "
        "number that the receipt names.",
        "L'entrepôt a déjà accepté un autre paquet sous ce numéro. Refaites le paquet avec le "
        "numéro qu'indique l'accusé."}},
      {"package-missing",
       {"A package before this one is missing. Send the one with the number that the receipt names "
        "first.",
        "Un paquet antérieur manque. Envoyez d'abord celui dont l'accusé indique le numéro."}},
      {"other-permit",
       {"The package was made under a permit that is not in force here today. Ask the collector why. "
        "If it is suspended, wait until it is resumed, and make the package anew. If another one is "
        "in force, take it (parcours-practice permit), agree to it, and make the package anew.",
        "Le paquet a été préparé sous une formalité qui n'est pas en vigueur ici aujourd'hui. "
        "Demandez au collecteur pourquoi. Si elle est suspendue, attendez qu'elle soit rétablie, "
        "puis refaites le paquet. Si une autre est en vigueur, prenez-la (parcours-practice "
        "permit), acceptez-la, puis refaites le paquet."}},
      {"not-covered",
       {"The package holds rows that the permit does not cover, and the permit says to refuse such "
        "a package. Make it anew under the permit in force.",
        "Le paquet contient des lignes que la formalité ne couvre pas, et celle-ci prévoit le refus "
        "d'un tel paquet. Préparez-le de nouveau sous la formalité en vigueur."}},
      {"old-card",
       {"The package is sealed to an old key of the vault, which it does not have any more. Take "
        "the vault's renewed key (parcours-practice card), and make the package anew.",
        "Le paquet est scellé avec une ancienne clé de l'entrepôt, que celui-ci n'a plus. Prenez la "
        "clé renouvelée de l'entrepôt (parcours-practice card), puis refaites le paquet."}},
  }};
  return table;
}

}  // namespace

std::string_view to_string(Refusal why) {
  return table_of_refusals().at(static_cast<std::size_t>(why)).name;
}

std::optional<Refusal> find_refusal(std::string_view name) {
  const auto found = std::ranges::find(table_of_refusals(), name, &Named::name);
  if (found == table_of_refusals().end()) {
    return std::nullopt;
  }
  return static_cast<Refusal>(found - table_of_refusals().begin());
}

const Text& sentence(Refusal why) {
  return table_of_refusals().at(static_cast<std::size_t>(why)).sentence;
}

}  // namespace parcours::post
