// The formal acts of a vault: short texts, each signed, which the vault keeps in order and never
// changes. What is allowed today follows from reading them from the first to the last.
//
// A permit file is an act; the others are TOML as well:
//
//   [role]                                   # who may do what
//   name   = "Anne Martin"
//   role   = "permit-keeper"                 # "permit-keeper", "data-team", "checker"
//   key    = "ssh-ed25519 AAAA..."
//   action = "grant"                         # or "revoke"
//   vault  = "3f2a..."                       # the vault's number, so that no act serves elsewhere
//   after  = 7                               # acts that the vault had when this one was written;
//                                            # may be left out, also below
//
//   [practice]                               # who may send packages
//   name   = "cabinet-012"
//   key    = "ssh-ed25519 AAAA..."
//   action = "admit"                         # "suspend", "leave"; admit again with another key
//   vault  = "3f2a..."
//
//   [status]                                 # of a permit
//   permit = "2026-DR-014"
//   action = "suspend"                       # "resume", "withdraw"
//   why    = "..."
//   vault  = "3f2a..."
//
//   [sealing]                                # to which key practices seal packages
//   key      = "9be0..."                     # X25519: 64 hexadecimal digits
//   number   = 2                             # 1, 2, 3, ... of the vault
//   old_days = 30                            # so many days the key before it still opens packages
//   vault    = "3f2a..."
//
//   [clock]                                  # the machine's clock was ahead
//   newest   = 2036-11-28                    # the newest day that the vault has noted: what it
//                                            # noted as later than this act counts as of this act
//   today    = 2026-11-28                    # the day of this act
//   why      = "the battery was empty"
//   vault    = "3f2a..."
//
// The first act of a vault grants the first permit-keeper, and that key signs it.
//
// G1: an act is accepted only with the signature of somebody who was a permit-keeper at that
// moment. G2: reading the same acts gives the same state, on any machine and any day. G3: an act
// counts once: whoever has the file of an old one, such as the grant of a role that was revoked
// since, changes nothing with it. G4: records whose permit has ended stay dead, whatever act comes
// later (died_with()).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "formalities/permit.h"
#include "formalities/public_key.h"

namespace parcours::formalities {

struct Act {
  std::string text;
  std::string signature;   // in OpenSSH's armour
  std::string entered_at;  // UTC: "2026-11-23T20:18:00Z"
  friend bool operator==(const Act&, const Act&) = default;
};

enum class Role : std::uint8_t { permit_keeper, data_team, checker };
std::string_view to_string(Role role);

struct Holder {
  std::string name;
  Role role;
  PublicKey key;
};

enum class PracticeStatus : std::uint8_t { admitted, suspended, left };

struct KnownPractice {
  std::string name;
  PublicKey key;
  PracticeStatus status = PracticeStatus::admitted;
};

enum class PermitStatus : std::uint8_t { entered, suspended, withdrawn, superseded };

struct KnownPermit {
  Permit permit;
  std::string text;
  PublicKey signer;
  std::string signer_name;
  std::string entered_at;
  PermitStatus status = PermitStatus::entered;
  std::string why;            // of the last change of its status
  std::string superseded_by;  // a reference

  // Entered, not suspended, withdrawn or superseded, and `day` lies in its validity.
  bool in_force(Day day) const;
  // "permit 2026-DR-014 ended on 2029-12-31": why it is not.
  std::string why_not(Day day) const;
};

// A key to which practices seal packages; the last one stands on the vault's card.
struct SealingKey {
  SealKey key{};
  std::string entered_at;
  int old_days = 0;  // how many days the key before it still opens packages
};

struct RoleAct;  // act_text.h
struct PracticeAct;
struct StatusAct;
struct SealingAct;
struct ClockAct;

// What the acts say together.
class Formalities {
 public:
  // Of a vault with this number, which no other vault has.
  explicit Formalities(std::string vault) : vault_(std::move(vault)) {}

  // Takes one act more. `where` is for errors: Fault::input for a text that is no act, Fault::rule
  // for one that may not be done.
  Status add(const Act& act, const std::string& where);

  const std::string& vault() const { return vault_; }
  std::uint64_t acts() const { return acts_; }                          // how many were taken
  const std::vector<KnownPermit>& permits() const { return permits_; }  // in order of entering
  const KnownPermit* permit(std::string_view reference) const;
  // The permit that stands in a permit's place today: itself, or what superseded it at last.
  const KnownPermit* successor(std::string_view reference) const;
  // The permit with which the records of a permit died for good: it, or one that took its place,
  // had ended when the next one was entered. nullptr: none, so that the successor decides.
  const KnownPermit* died_with(std::string_view reference) const;
  const std::vector<Holder>& holders() const { return holders_; }
  const std::vector<KnownPractice>& practices() const { return practices_; }
  const KnownPractice* practice(std::string_view name) const;
  // In order of entering: the last one is on the card.
  const std::vector<SealingKey>& sealing_keys() const { return sealing_keys_; }
  // Whether packages that are sealed to the key of this place are taken on a day: always to the
  // last one, to another one for as long as the act after it says.
  bool opens(std::size_t place, Day day) const;

  // The permit to collect under on a day: the one that is named, or the only one in force.
  // Error (Fault::rule): none, several and none is named, or not in force, with what would help.
  Result<const KnownPermit*> to_collect(std::string_view reference, Day day) const;
  // The same for a study, which must name one.
  Result<const KnownPermit*> to_study(std::string_view reference, Day day) const;

 private:
  Status take(const Act& act, const std::string& where);
  KnownPermit* known(std::string_view reference);
  bool keeps_permits(const PublicKey& key) const;
  Status allowed(const Act& act, const PublicKey& signer, const std::string& where) const;
  Status enter(KnownPermit permit, const std::string& where);
  Status apply(const RoleAct& act, const std::string& where);
  Status apply(const PracticeAct& act, const std::string& where);
  Status apply(const StatusAct& act, const std::string& where);
  Status apply(const SealingAct& act, const std::string& entered_at, const std::string& where);
  Status apply(const ClockAct& act, const std::string& entered_at, const std::string& where);
  Result<const KnownPermit*> named_in_force(std::string_view reference, Day day) const;

  std::string vault_;
  std::uint64_t acts_ = 0;
  std::set<std::string, std::less<>> texts_;  // of the acts that are no permits
  std::vector<KnownPermit> permits_;
  std::vector<Holder> holders_;
  std::vector<KnownPractice> practices_;
  std::vector<SealingKey> sealing_keys_;
};

}  // namespace parcours::formalities
