#include "cli/verbs.h"

namespace parcours::cli {

// Each verb has one line here; help shows them in this order.
void add_verbs(CLI::App& root, Session& session) {
  add_demo(root, session);
  add_risk(root, session);
  add_audit(root, session);
  add_vault_create(root, session);
  add_vault_status(root, session);
  add_vault_compact(root, session);
  add_ingest_guess(root, session);
  add_import(root, session);
  add_vault_card(root, session);
  add_vault_receive(root, session);
  add_vault_object(root, session);
  add_vault_subject(root, session);
  add_vault_clock(root, session);
  add_vault_check(root, session);
  add_vault_encrypt(root, session);
  add_forget(root, session);
  add_permit_enter(root, session);
  add_permit_check(root, session);
  add_roles(root, session);
  add_key(root, session);
  add_permit(root, session);
  add_study_check(root, session);
  add_study_run(root, session);
  add_study_sign(root, session);
  add_release(root, session);
  add_releases(root, session);
  add_synth(root, session);
  add_manual(root, session);
  add_completions(root, session);
  add_help(root, session);
}

}  // namespace parcours::cli
