//! The kinds of writes, and the budget of each kind.

use std::num::NonZeroU32;

use axum::http::Method;
use governor::Quota;

/// A kind of write. All functions of one kind draw on the same budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Budget {
    /// Opening accounts.
    Registering,
    /// Beginning and ending sessions.
    Session,
    /// What an account is, and how it likes the site to look.
    Account,
    /// Posts.
    Post,
    /// Comments.
    Comment,
    /// Reports of what people find.
    Report,
    /// Likes, and following.
    Like,
    /// Where a reader is: every quarter of a minute at most.
    Place,
    /// Saves of texts: a typist saves every two seconds, in each of their tabs.
    Save,
    /// Adding, moving, deleting and publishing in the studio.
    Structure,
    /// Books that are looked at and imported, the only files that are sent.
    Import,
    /// Stories and accounts as files: each is read whole.
    Export,
    /// Looking through a whole story: its text is read each time.
    Find,
    /// What a browser catches up with.
    CatchUp,
    /// Live connections that are opened.
    Live,
    /// Answers that a browser has looked at again.
    Check,
    /// What managers do to the caches.
    Debug,
    /// Every write that has no kind of its own.
    Other,
}

/// So many at once, and so many a minute from then on. All a budget is, in two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many at once.
    pub burst: u32,
    /// After how many milliseconds there is one more.
    pub every: u64,
}

impl Rate {
    const fn per_minute(number: u32) -> Self {
        Self { burst: number, every: 60_000 / number as u64 }
    }

    const fn per_hour(number: u32) -> Self {
        Self { burst: number, every: 3_600_000 / number as u64 }
    }

    /// The same, for governor.
    pub(crate) fn quota(self) -> Quota {
        let every = std::time::Duration::from_millis(self.every.max(1));
        let quota = Quota::with_period(every).unwrap_or(Quota::per_second(NonZeroU32::MIN));
        quota.allow_burst(NonZeroU32::new(self.burst).unwrap_or(NonZeroU32::MIN))
    }
}

impl Budget {
    /// Each of them.
    pub const ALL: [Self; 18] = [
        Self::Registering,
        Self::Session,
        Self::Account,
        Self::Post,
        Self::Comment,
        Self::Report,
        Self::Like,
        Self::Place,
        Self::Save,
        Self::Structure,
        Self::Import,
        Self::Export,
        Self::Find,
        Self::CatchUp,
        Self::Live,
        Self::Check,
        Self::Debug,
        Self::Other,
    ];

    /// On which budget a request draws: the function's name is what stands after `/api/`. A write that is not named here
    /// draws on the common one, so no write is without a budget. Other reads have none.
    pub fn of(method: &Method, function: &str) -> Option<Self> {
        Some(match function {
            "register" | "register_manager" => Self::Registering,
            "sign_in"
            | "confirm_sign_in"
            | "begin_second_factor"
            | "turn_on_second_factor"
            | "turn_off_second_factor"
            | "make_recovery_codes"
            | "sign_out"
            | "sign_out_everywhere"
            | "end_session"
            | "change_password"
            | "reset_password"
            | "forgot_password"
            | "unsubscribe"
            | "change_email"
            | "confirm_email"
            | "delete_account" => Self::Session,
            "become_writer"
            | "change_name"
            | "set_appearance"
            | "save_profile"
            | "save_site"
            | "invite"
            | "withdraw_invitation"
            | "give_role"
            | "choose_mail"
            | "silence_person"
            | "end_silence" => Self::Account,
            "create_post" | "save_post" | "delete_post" => Self::Post,
            "add_comment" | "save_comment" | "delete_comment" => Self::Comment,
            "report_thing" | "answer_decision" => Self::Report,
            "like_story" | "like_post" | "follow_story" | "follow_author" => Self::Like,
            "keep_spot" | "keep_bookmarks" => Self::Place,
            "save_story" | "save_part" | "save_chapter" | "save_scene" | "save_cast_member" | "keep_version"
            | "keep_working_copy" | "leave_working_copy" | "restore_version" | "save_goals" => Self::Save,
            "create_story" | "publish_story" | "unpublish_story" | "delete_story" | "add_part" | "move_part"
            | "delete_part" | "add_chapter" | "move_chapter" | "publish_chapter" | "unpublish_chapter"
            | "schedule_chapter" | "unschedule_chapter" | "delete_chapter" | "add_scene" | "move_scene"
            | "delete_scene" | "add_cast_member" | "delete_cast_member" | "restore_trashed" | "delete_trashed" => {
                Self::Structure
            }
            "import_story" | "preview_import" => Self::Import,
            "export_story" | "export_account" => Self::Export,
            "fetch_story_matches" => Self::Find,
            "fetch_changes" | "fetch_session" => Self::CatchUp,
            "live" => Self::Live,
            "check_answer" => Self::Check,
            "clear_node_metrics" | "clear_node_memory" | "acknowledge_alert" | "set_areas" | "fetch_log"
            | "invalidate_answers" => Self::Debug,
            _ if method == Method::POST => Self::Other,
            _ => return None,
        })
    }

    /// How often one account may.
    pub const fn per_account(self) -> Rate {
        match self {
            Self::Registering | Self::Session | Self::Account | Self::Post | Self::Other => Rate::per_minute(30),
            Self::Comment | Self::Live => Rate::per_minute(60),
            Self::Like | Self::Find | Self::Check | Self::Debug => Rate::per_minute(120),
            Self::Save | Self::Structure | Self::CatchUp => Rate::per_minute(300),
            Self::Place => Rate { burst: 1, every: 15_000 },
            Self::Report => Rate { burst: 10, every: 60_000 },
            Self::Import => Rate::per_hour(60),
            Self::Export => Rate::per_hour(60),
        }
    }

    /// How often one address may: a household, an office or a whole school is behind it.
    pub const fn per_address(self) -> Rate {
        match self {
            Self::Registering => Rate::per_hour(120),
            Self::Session | Self::Account | Self::Check => Rate::per_minute(300),
            Self::Post | Self::Comment | Self::Live | Self::Debug | Self::Other => Rate::per_minute(600),
            Self::Like | Self::Find | Self::Place => Rate::per_minute(1_200),
            Self::Save | Self::Structure | Self::CatchUp => Rate::per_minute(3_000),
            Self::Report => Rate::per_minute(60),
            Self::Import => Rate::per_hour(240),
            Self::Export => Rate::per_hour(300),
        }
    }
}
