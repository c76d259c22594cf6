// parcours-practice join, permit, agree, card, key, leave, log.
#include <fmt/format.h>

#include <memory>

#include "practice/card.h"
#include "practice/deeds.h"
#include "practice/join.h"
#include "practice/office.h"
#include "practice/permit_paper.h"
#include "practice/verbs.h"
#include "practice/words.h"

namespace parcours::practice {
namespace {

std::string joined_text(const Joined& joined, const std::string& name, Language language) {
  return fmt::format(
      fmt::runtime(
          in(language,
             {"The practice '{}' takes part under permit {} of {} ({}).\n"
              "1. Call the collector and compare the card's fingerprint:\n   {}\n"
              "2. Send the collector the practice's public key:\n   {}\n"
              "3. See what would leave (preview); then the doctor agrees (agree).\n",
              "Le cabinet « {} » participe sous la formalité {} de {} ({}).\n"
              "1. Appelez le collecteur et comparez l'empreinte de la carte :\n   {}\n"
              "2. Envoyez au collecteur la clé publique du cabinet :\n   {}\n"
              "3. Consultez ce qui serait transmis (preview) ; puis le médecin donne son accord "
              "(agree).\n"})),
      name, joined.permit, joined.holder, in(language, joined.kind), joined.card_fingerprint,
      joined.public_key);
}

void add_join(CLI::App& root, Session& session) {
  struct Words {
    std::string folder, card, permit, name, share, mapping, fingerprint, objections;
  };
  auto told = std::make_shared<Words>();
  CLI::App* verb =
      add_verb(root, session, "join",
               {"Begin to take part: check the permit, make the practice's keys",
                "Commencer à participer : vérifier la formalité, créer les clés du cabinet"},
               "join cabinet/ --card vault.card --permit permit.toml --name cabinet-012");
  add_folder(verb, session, told->folder);
  const auto say_in = [&](const Text& text) { return in(session.language, text); };
  verb->add_option("--card", told->card, say_in({"The vault's card", "La carte de l'entrepôt"}))
      ->required();
  verb->add_option("--permit", told->permit,
                   say_in({"The permit; its signature lies beside it, as permit.toml.sig",
                           "La formalité ; sa signature se trouve à côté, permit.toml.sig"}))
      ->required();
  verb->add_option("--name", told->name,
                   say_in({"The practice's name, as the collector admits it",
                           "Le nom du cabinet, tel que le collecteur l'admet"}))
      ->required();
  verb->add_option(
      "--share", told->share,
      say_in(
          {"The programme's key, where the permit follows patients across practices",
           "La clé du programme, si la formalité prévoit de suivre les patients d'un cabinet à l'autre"}));
  verb->add_option(
      "--mapping", told->mapping,
      say_in(
          {"A mapping of CSV files, or choices for FHIR and CDA; it is copied",
           "Un fichier de correspondance pour des CSV, ou des choix pour FHIR et CDA ; il est copié"}));
  verb->add_option(
      "--objections", told->objections,
      say_in(
          {"The folder that the practice worked in before: who objected there objects here too",
           "Le dossier précédent du cabinet : les oppositions qui y sont notées valent ici aussi"}));
  verb->add_option("--fingerprint", told->fingerprint,
                   say_in({"The card's fingerprint, as the collector read it to you",
                           "L'empreinte de la carte, telle que le collecteur vous l'a lue"}));
  work(verb, session, [told](Session& s) -> Status {
    JoinOptions options{.folder = told->folder,
                        .card = told->card,
                        .permit = told->permit,
                        .name = told->name,
                        .share = {},
                        .mapping = {},
                        .fingerprint = told->fingerprint};
    if (!told->share.empty()) {
      options.share = told->share;
    }
    if (!told->mapping.empty()) {
      options.mapping = told->mapping;
    }
    if (!told->objections.empty()) {
      options.objections = told->objections;
    }
    ASSIGN_OR_RETURN(const Joined joined, join(options, s.language));
    answer(s, joined_text(joined, told->name, s.language),
           {{"practice", told->name},
            {"permit", joined.permit},
            {"public_key", joined.public_key},
            {"card_fingerprint", joined.card_fingerprint}});
    return {};
  });
}

void add_permit(CLI::App& root, Session& session) {
  struct Words {
    std::string folder, file;
  };
  auto told = std::make_shared<Words>();
  CLI::App* verb = add_verb(
      root, session, "permit",
      {"Show the permit, or take another one in its place, to which the doctor agrees anew",
       "Afficher la formalité, ou en prendre une autre à sa place, à laquelle le médecin donne de nouveau son accord"},
      "permit cabinet/ --take permit.toml");
  add_folder(verb, session, told->folder);
  verb->add_option(
      "--take", told->file,
      in(session.language, {"The new permit; its signature lies beside it, as FILE.sig",
                            "La nouvelle formalité ; sa signature se trouve à côté, FICHIER.sig"}));
  work(verb, session, [told](Session& s) -> Status {
    ASSIGN_OR_RETURN(Office office, Office::open(told->folder, s.language));
    if (!told->file.empty()) {
      RETURN_IF_ERROR(take_permit(office, told->file));
    }
    std::string text;
    for (const Text& sentence : formalities::sentences(office.permit())) {
      text += in(s.language, sentence) + "\n";
    }
    const bool agreed = office.state().agreed_to(office.permit().digest);
    text +=
        agreed
            ? in(s.language, {"The doctor has agreed to it.\n", "Le médecin a donné son accord.\n"})
            : in(s.language, {"The doctor has not agreed to it: preview, then agree.\n",
                              "Le médecin n'a pas donné son accord : preview, puis agree.\n"});
    answer(s, text,
           {{"permit", office.permit().reference},
            {"permit_digest", office.permit().digest.hex()},
            {"agreed", agreed}});
    return {};
  });
}

void add_agree(CLI::App& root, Session& session) {
  struct Words {
    std::string folder, doctor;
    bool withdraw = false;
  };
  auto told = std::make_shared<Words>();
  CLI::App* verb = add_verb(
      root, session, "agree",
      {"Record the doctor's agreement to exactly this permit, or withdraw it",
       "Enregistrer l'accord du médecin à cette formalité et à aucune autre, ou le retirer"},
      "agree cabinet/ --doctor \"Dr Anne Martin\"");
  add_folder(verb, session, told->folder);
  CLI::Option* withdraw =
      verb->add_flag("--withdraw", told->withdraw,
                     in(session.language, {"Withdraw it: nothing is packed any more",
                                           "Le retirer : plus aucun paquet n'est préparé"}));
  verb->add_option("--doctor", told->doctor,
                   in(session.language, {"Who agrees", "Qui donne son accord"}))
      ->excludes(withdraw);
  work(verb, session, [told](Session& s) -> Status {
    ASSIGN_OR_RETURN(Office office, Office::open(told->folder, s.language));
    if (told->withdraw) {
      RETURN_IF_ERROR(withdraw_agreement(office));
      answer(s, in(s.language, {"The agreement is withdrawn.\n", "L'accord est retiré.\n"}),
             {{"agreed", false}});
      return {};
    }
    if (told->doctor.empty()) {
      return parcours::bad_input("--doctor is missing", {}, "see parcours-practice agree --help");
    }
    std::string text;
    for (const Text& sentence : formalities::sentences(office.permit())) {
      text += in(s.language, sentence) + "\n";
    }
    RETURN_IF_ERROR(agree(office, told->doctor));
    text +=
        fmt::format("{}{}.\n", in(s.language, {"Agreed by ", "Accord donné par "}), told->doctor);
    answer(s, text,
           {{"agreed", true},
            {"permit", office.permit().reference},
            {"permit_digest", office.permit().digest.hex()}});
    return {};
  });
}

void add_key(CLI::App& root, Session& session) {
  struct Words {
    std::string folder, destroy, add, label;
  };
  auto told = std::make_shared<Words>();
  CLI::App* verb = add_verb(
      root, session, "key",
      {"Destroy the key of a past time, or take the programme's key of the next",
       "Détruire la clé d'une période passée, ou enregistrer la clé du programme de la suivante"},
      "key cabinet/ --destroy 2025");
  add_folder(verb, session, told->folder);
  CLI::Option* destroy = verb->add_option(
      "--destroy", told->destroy,
      in(session.language,
         {"The label of the key: 2025. Nobody can tell any more whom its pseudonyms are of",
          "La période de la clé : 2025. Plus personne ne peut dire de qui sont ses pseudonymes"}));
  CLI::Option* label = verb->add_option(
      "--label", told->label,
      in(session.language, {"The time that the key is for: 2027", "La période de la clé : 2027"}));
  verb->add_option(
          "--add", told->add,
          in(session.language, {"A key file of the programme's keeper",
                                "Le fichier de la personne qui détient la clé du programme"}))
      ->needs(label)
      ->excludes(destroy);
  work(verb, session, [told](Session& s) -> Status {
    ASSIGN_OR_RETURN(Office office, Office::open(told->folder, s.language));
    if (!told->add.empty()) {
      RETURN_IF_ERROR(add_key(office, told->add, told->label));
    } else if (!told->destroy.empty()) {
      RETURN_IF_ERROR(destroy_key(office, told->destroy));
    }
    std::string text = in(s.language, {"Keys that are here:", "Clés présentes :"});
    Json labels = Json::array();
    for (const std::string& one : office.state().keys) {
      text += " " + one;
      labels.push_back(one);
    }
    answer(s, text + "\n", {{"keys", labels}});
    return {};
  });
}

std::string renewed_text(const RenewedCard& card, Language language) {
  std::string text = fmt::format(
      fmt::runtime(
          in(language, {"Packages are sealed to the vault's key {} from now on.\n",
                        "Les paquets sont désormais scellés avec la clé {} de l'entrepôt.\n"})),
      card.number);
  if (card.waiting > 0) {
    text += fmt::format(
        fmt::runtime(in(
            language,
            {"{} packages wait that are sealed to the key before it. Send them now: the vault takes "
             "them for {} days from the renewal on.\nOne that it refuses later is packed again.\n",
             "Paquets en attente, scellés avec la clé précédente : {}. Envoyez-les maintenant : "
             "l'entrepôt les accepte pendant {} jours après le renouvellement.\nUn paquet refusé plus "
             "tard est à préparer de nouveau.\n"})),
        card.waiting, card.old_days);
  }
  return text;
}

void add_card(CLI::App& root, Session& session) {
  struct Words {
    std::string folder, renewal;
  };
  auto told = std::make_shared<Words>();
  CLI::App* verb =
      add_verb(root, session, "card",
               {"Show the fingerprint of the vault's card, or take the vault's renewed key",
                "Afficher l'empreinte de la carte de l'entrepôt, ou enregistrer sa clé renouvelée"},
               "card cabinet/ --renewal panel.renewal.toml");
  add_folder(verb, session, told->folder);
  verb->add_option(
      "--renewal", told->renewal,
      in(session.language,
         {"The renewal that the collector sends; its signature lies beside it, as FILE.sig",
          "Le renouvellement qu'envoie le collecteur ; sa signature se trouve à côté, FICHIER.sig"}));
  work(verb, session, [told](Session& s) -> Status {
    ASSIGN_OR_RETURN(Office office, Office::open(told->folder, s.language));
    std::string text;
    if (!told->renewal.empty()) {
      ASSIGN_OR_RETURN(const RenewedCard renewed, renew_card(office, told->renewal));
      text = renewed_text(renewed, s.language);
    }
    const std::string fingerprint = post::card_fingerprint(office.card());
    text += fmt::format("{} {}\n",
                        in(s.language, {"The card's fingerprint:", "Empreinte de la carte :"}),
                        fingerprint);
    answer(s, text, {{"number", office.card().number}, {"fingerprint", fingerprint}});
    return {};
  });
}

void add_leave(CLI::App& root, Session& session) {
  struct Words {
    std::string folder;
    bool yes = false;
  };
  auto told = std::make_shared<Words>();
  CLI::App* verb = add_verb(root, session, "leave",
                            {"Stop taking part: destroy the keys; only the log stays",
                             "Cesser de participer : détruire les clés ; seul le journal reste"},
                            "leave cabinet/ --yes");
  add_folder(verb, session, told->folder);
  verb->add_flag("--yes", told->yes,
                 in(session.language, {"Yes, it cannot be undone", "Oui, c'est définitif"}));
  work(verb, session, [told](Session& s) -> Status {
    ASSIGN_OR_RETURN(Office office, Office::open(told->folder, s.language));
    if (!told->yes) {
      return complain(s.language, words::leave_unsure(), "--yes");
    }
    RETURN_IF_ERROR(leave(office));
    answer(s,
           in(s.language, {"The practice has left. Tell the collector, who records it.\n",
                           "Le cabinet s'est retiré. Prévenez le collecteur, qui l'enregistre.\n"}),
           {{"left", true}});
    return {};
  });
}

void add_log(CLI::App& root, Session& session) {
  auto folder = std::make_shared<std::string>();
  CLI::App* verb = add_verb(
      root, session, "log",
      {"What was done, from the first day on", "Ce qui a été fait, depuis le premier jour"},
      "log cabinet/");
  add_folder(verb, session, *folder);
  work(verb, session, [folder](Session& s) -> Status {
    ASSIGN_OR_RETURN(const std::vector<Entry> entries, read_log(*folder, s.language));
    Json lines = Json::array();
    for (const Entry& entry : entries) {
      lines.push_back(Json::parse(line_of(entry)));
    }
    answer(s, log_text(entries, s.language), lines);
    return {};
  });
}

}  // namespace

void add_joining_verbs(CLI::App& root, Session& session) {
  add_join(root, session);
  add_permit(root, session);
  add_agree(root, session);
  add_card(root, session);
  add_key(root, session);
  add_leave(root, session);
  add_log(root, session);
}

}  // namespace parcours::practice
