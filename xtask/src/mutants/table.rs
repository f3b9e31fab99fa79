//! Which rule, how it is broken, and which test must notice.

/// A way to break a rule.
#[derive(Debug)]
pub(super) struct Mutant {
    /// The rule, by its number in `docs/ARCHITECTURE.md`.
    pub(super) rule: &'static str,
    /// In words.
    pub(super) broken: &'static str,
    pub(super) file: &'static str,
    /// Stands in the file once.
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) expected: Expected,
}

/// What must happen then.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expected {
    /// This test fails; `within` says to cargo which program it stands in.
    TestFails { within: &'static [&'static str], test: &'static str },
    /// It does not compile, with this error.
    DoesNotCompile { code: &'static str },
}

impl Expected {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::TestFails { test, .. } => test,
            Self::DoesNotCompile { code, .. } => code,
        }
    }
}

const fn engine(test: &'static str) -> Expected {
    Expected::TestFails { within: &["-p", "abreast-core", "--lib"], test }
}

const fn outside(test: &'static str) -> Expected {
    Expected::TestFails { within: &["--workspace", "--exclude", "frontend", "--test", "store"], test }
}

const fn tier(test: &'static str) -> Expected {
    Expected::TestFails { within: &["-p", "abreast-server", "--lib"], test }
}

const fn over_http(test: &'static str) -> Expected {
    Expected::TestFails { within: &["--workspace", "--exclude", "frontend", "--test", "http"], test }
}

/// The mutants.
pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        rule: "1 append in the same transaction",
        broken: "the log says nothing of what changed",
        file: "engine/server/src/log/append.rs",
        from: ".bind(to_json(&receipt.directives)?)",
        to: ".bind(\"[]\")",
        expected: outside("rules::sqlite::a_lease_that_ran_out_is_renewed_before_anything_is_served"),
    },
    Mutant {
        rule: "2 position before value",
        broken: "the head is read after the value",
        file: "engine/server/src/load.rs",
        from: "value, as_of: reader.as_of()",
        to: "value, as_of: crate::Reader::begin(&self.database).await?.as_of()",
        expected: outside("rules::sqlite::a_load_that_a_commit_overtakes_is_as_old_as_it_says"),
    },
    Mutant {
        rule: "3 one judgement",
        broken: "a refreshed tag is not looked at",
        file: "engine/core/src/follower.rs",
        from: "if as_of < mark.refreshed && judgement.is_fresh() {",
        to: "if false {",
        expected: outside("rules::sqlite::an_answer_is_kept_until_what_it_depends_on_changes"),
    },
    Mutant {
        rule: "3 one judgement",
        broken: "what Redis holds is not judged",
        file: "engine/server/src/fetch.rs",
        from: "Ok(Some((entry, bytes))) if self.is_fresh(&entry) =>",
        to: "Ok(Some((entry, bytes))) =>",
        expected: outside("redis::postgres::an_old_answer_in_redis_is_judged_away"),
    },
    Mutant {
        rule: "3 one judgement",
        broken: "what Redis holds beyond the log is served",
        file: "engine/server/src/fetch.rs",
        from: "Ok(Some((entry, _))) if !self.has_reached(entry.as_of).await =>",
        to: "Ok(Some((entry, _))) if entry.as_of == Seq::ZERO =>",
        expected: outside("redis::postgres::an_answer_beyond_the_log_is_refused"),
    },
    Mutant {
        rule: "3 one judgement",
        broken: "an evicted tag is not looked at",
        file: "engine/core/src/follower.rs",
        from: "if as_of < mark.evicted {",
        to: "if false {",
        expected: outside("rules::sqlite::what_another_node_withdrew_is_gone_when_the_lease_is"),
    },
    Mutant {
        rule: "4 never back",
        broken: "memory takes an older entry",
        file: "engine/server/src/memory.rs",
        from: "if entry.may_replace(current.entry.as_of()) {",
        to: "if true {",
        expected: tier("memory::tests::never_back"),
    },
    Mutant {
        rule: "4 never back",
        broken: "Redis takes an older answer",
        file: "engine/server/src/shared/writer.rs",
        from: "if held and held > tonumber(",
        to: "if held and held < 0 * tonumber(",
        expected: tier("shared::tests::never_back"),
    },
    Mutant {
        rule: "4 never back",
        broken: "a browser takes an older answer",
        file: "engine/core/src/client_cache/answers.rs",
        from: "&& held.record.as_of > record.as_of",
        to: "&& false",
        expected: engine("client_cache::tests::a_late_answer_does_not_replace_a_newer_one"),
    },
    Mutant {
        rule: "4 never back",
        broken: "a browser keeps an answer below what it knows",
        file: "engine/core/src/client_cache/answers.rs",
        from: "if !self.judge(&record).is_fresh() {\n            return None;",
        to: "if false {\n            return None;",
        expected: engine("client_cache::tests::an_answer_older_than_what_is_known_is_asked_again"),
    },
    Mutant {
        rule: "5 own writes first",
        broken: "the node that commits does not tell itself",
        file: "engine/server/src/tx.rs",
        from: "self.node.apply(Arc::clone(&row), Way::Commit);",
        to: "",
        expected: outside("rules::sqlite::the_node_that_commits_knows_at_once"),
    },
    Mutant {
        rule: "6 Seen travels",
        broken: "a node does not look at Seen",
        file: "engine/core/src/follower.rs",
        from: "self.watermark >= seen &&",
        to: "seen >= Seq::ZERO &&",
        expected: outside("rules::sqlite::who_has_seen_a_commit_is_never_shown_less_by_another_node"),
    },
    Mutant {
        rule: "7 a blind node doesn't guess",
        broken: "a node trusts its follower for ever",
        file: "engine/server/src/lease.rs",
        from: "(self.clocks)().is_within(NODE_LEASE, confirmed.clocks)",
        to: "confirmed.order < u64::MAX",
        expected: outside("rules::sqlite::a_lease_that_ran_out_is_renewed_before_anything_is_served"),
    },
    Mutant {
        rule: "7 a blind browser doesn't guess",
        broken: "a browser trusts its cache for ever",
        file: "engine/core/src/client_cache/held.rs",
        from: "now.is_within(BROWSER_LEASE, then)",
        to: "now.wall.0 + then.wall.0 > 0",
        expected: engine("client_cache::tests::a_blind_cache_asks_before_it_shows"),
    },
    Mutant {
        rule: "7 both clocks must agree",
        broken: "a lease trusts the wall clock alone",
        file: "engine/core/src/clocks.rs",
        from: "let monotonic = self.monotonic.0.saturating_sub(earlier.monotonic.0);",
        to: "let monotonic = 0;",
        expected: engine("client_cache::tests::a_clock_that_is_set_does_not_make_a_lease_run"),
    },
    Mutant {
        rule: "7 both clocks must agree",
        broken: "a node's lease does not count the time it slept",
        file: "engine/core/src/clocks.rs",
        from: "Some(if wall > monotonic { wall } else { monotonic })",
        to: "Some(if wall < monotonic { wall } else { monotonic })",
        expected: tier("lease::tests::a_clock_that_lies_does_not_make_a_lease_run"),
    },
    Mutant {
        rule: "7 a line counts while it speaks",
        broken: "a tab believes a line before it is answered",
        file: "engine/core/src/tab_leader.rs",
        from: "let waits = self.unanswered.contains(&self.id);",
        to: "let waits = false;",
        expected: engine("tab_leader::tests::a_line_is_live_for_a_tab_once_the_server_has_answered_it"),
    },
    Mutant {
        rule: "7 a line counts while it speaks",
        broken: "what another tab passes on late is news",
        file: "engine/core/src/tab_leader/trust.rs",
        from: "None => vec![],",
        to: "None => self.is_live(),",
        expected: engine("tab_leader::tests::old_words_of_another_tab_are_not_taken_for_news"),
    },
    Mutant {
        rule: "8 losing a message is harmless",
        broken: "a gap is not seen",
        file: "engine/core/src/follower.rs",
        from: " && !self.has_gap()",
        to: "",
        expected: outside("rules::sqlite::a_gap_is_healed_before_anything_is_served"),
    },
    Mutant {
        rule: "8 losing a message is harmless",
        broken: "a gap in what is pushed waits for a reader",
        file: "engine/server/src/node/catch_up.rs",
        from: " || node.read().has_gap())",
        to: ")",
        expected: outside("redis::postgres::a_gap_is_healed_though_nobody_reads"),
    },
    Mutant {
        rule: "8 losing a message is harmless",
        broken: "an older database is read as if nothing were",
        file: "engine/server/src/node/catch_up.rs",
        from: "if let Some(told) = missed.proof(told) {",
        to: "if let (Some(told), true) = (missed.proof(told), false) {",
        expected: outside("set_back::sqlite::a_node_that_was_further_has_the_log_leap"),
    },
    Mutant {
        rule: "8 losing a message is harmless",
        broken: "a log that has grown past what was lost is taken for the same",
        file: "engine/server/src/log.rs",
        from: " && mark.at != row.receipt.at",
        to: " && mark.at < Millis(0)",
        expected: outside("set_back::sqlite::a_log_that_has_grown_past_what_was_lost_is_told_apart"),
    },
    Mutant {
        rule: "8 losing a message is harmless",
        broken: "a log that leapt is found out again and again",
        file: "engine/server/src/node/catch_up.rs",
        from: "self.forget_landmark();",
        to: "",
        expected: outside("set_back::sqlite::a_log_that_has_grown_past_what_was_lost_is_told_apart"),
    },
    Mutant {
        rule: "8 losing a message is harmless",
        broken: "anybody can have the log leap",
        file: "engine/server/src/secret.rs",
        from: " && is_same(&self.sign_position(seq), signature)",
        to: "",
        expected: outside("set_back::sqlite::a_proof_that_was_made_up_proves_nothing"),
    },
    Mutant {
        rule: "8 losing a message is harmless",
        broken: "a lost log drops nothing",
        file: "engine/core/src/follower.rs",
        from: "self.floor = self.floor.max(floor);",
        to: "",
        expected: engine("client_cache::tests::a_lost_log_drops_everything_older"),
    },
    Mutant {
        rule: "8 losing a message is harmless",
        broken: "a trimmed log is taken for a whole one",
        file: "engine/core/src/receipt.rs",
        from: "trimmed || since > head",
        to: "since > head && trimmed",
        expected: outside("rules::sqlite::who_is_below_the_retained_log_drops_everything"),
    },
    Mutant {
        rule: "9 falling back is honest",
        broken: "something older than Seen is shown",
        file: "engine/core/src/follower.rs",
        from: "Judgement::Stale(_) => as_of >= seen,",
        to: "Judgement::Stale(_) => true,",
        expected: outside("rules::sqlite::without_a_database_what_is_old_is_marked_and_never_shown_below_seen"),
    },
    Mutant {
        rule: "9 falling back is honest",
        broken: "something evicted is shown",
        file: "engine/core/src/follower.rs",
        from: "            Judgement::Evicted(_) => false,\n",
        to: "            Judgement::Evicted(_) => true,\n",
        expected: outside("rules::sqlite::without_a_database_an_evicted_entry_in_memory_is_not_shown"),
    },
    Mutant {
        rule: "nothing of a member is another's",
        broken: "a body with the stand-in in it is kept",
        file: "engine/server/src/http/pages/marks.rs",
        from: "self.is_clean(page, &parts) && is_closed(&parts)",
        to: "(self.is_clean(page, &parts) || true) && is_closed(&parts)",
        expected: tier("http::tests::each_member_gets_the_one_body_with_their_own_in_it"),
    },
    Mutant {
        rule: "nothing of a member is another's",
        broken: "a member's own page is kept for all",
        file: "engine/server/src/http/pages/serving.rs",
        from: "format!(\"own {} {}\", fragments.own_name(), address.name)",
        to: "format!(\"own {}\", address.name)",
        expected: tier("http::tests::each_member_gets_the_one_body_with_their_own_in_it"),
    },
    Mutant {
        rule: "nothing of a member is another's",
        broken: "a page forgets a place",
        file: "app/src/places.rs",
        from: "crate::stand_in::mark(&crate::fragments::Place::Likes(thing).to_string())",
        to: "likes.to_string()",
        expected: over_http("members::a_like_shows_at_once_and_to_its_giver_alone"),
    },
    Mutant {
        rule: "3 one judgement",
        broken: "a known session is not judged",
        file: "server/store/src/known_session.rs",
        from: "(may_be_kept && lives && self.judge(&known.tags, known.as_of).is_fresh())",
        to: "(may_be_kept && lives)",
        expected: outside("accounts::sqlite::a_known_session_is_judged_like_all_else"),
    },
    Mutant {
        rule: "say what changed",
        broken: "a saved scene does not touch its chapter",
        file: "src/change/directives.rs",
        from: "part(at.above(), listing).chain([Refresh(Tag::Chapter(at.chapter))])",
        to: "part(at.above(), listing).chain([Refresh(Tag::Part(at.part))])",
        expected: outside("differential::sqlite::save_published_scene"),
    },
    Mutant {
        rule: "say what changed",
        broken: "a like does not touch the liker's list",
        file: "src/change.rs",
        from: "Refresh(Tag::Likes(*story)), Refresh(Tag::Viewer(*by))",
        to: "Refresh(Tag::Likes(*story))",
        expected: outside("differential::sqlite::like_story"),
    },
    Mutant {
        rule: "say what changed",
        broken: "a post does not touch the talk about its story",
        file: "src/change/directives.rs",
        from: ".chain(about.map(|story| Refresh(Tag::Talk(story))))",
        to: ".chain(about.filter(|_| false).map(|story| Refresh(Tag::Talk(story))))",
        expected: outside("differential::sqlite::create_post_about"),
    },
    Mutant {
        rule: "a draft is its author's",
        broken: "what is done in a draft chapter is told to readers",
        file: "src/listing.rs",
        from: "if published { self } else { Self::Draft }",
        to: "if published { self } else { self }",
        expected: outside("sparing::a_draft_chapter_leaves_readers_alone"),
    },
    Mutant {
        rule: "forgetting can't compile",
        broken: "a new Change without directives",
        file: "src/change.rs",
        from: "    /// A post stands in the feed.\n",
        to: "    /// A post was pinned.\n    PostPinned(PostId),\n    /// A post stands in the feed.\n",
        expected: Expected::DoesNotCompile { code: "E0004" },
    },
];
