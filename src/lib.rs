//! What Quire is about: its nouns, what can happen to them, and what can be asked. How an answer is judged is the
//! engine's (`engine/core`).
//!
//! Pure: no IO, no clock, no async, no framework. Time comes in as a value. The same code runs in
//! the server and, compiled to WASM, in the browser.

mod ids;
mod handle;
mod kinds;
mod path;
mod text;
mod spans;
mod rev;
mod story_facts;
mod cursor;
mod search_for;
mod grouped;
mod bound;
mod blocked;
mod bookmark;
mod spot;
mod compare;
mod device;
mod sign_in_code;
mod scene_texts;
mod word_goal;
mod working_copy;
mod needle;
mod replacement;
mod excerpt;
mod replace;
mod thinning;
mod subject;
mod trash;
mod moderation;
mod chapter_state;
mod not_published;
mod schedule;
mod story_text;
mod prose;
mod viewer;
mod manuscript_file;
mod whole_story;
mod own_things;

mod tag;
mod listing;
mod nouns;
mod change;
mod changed;
mod invalidation;

pub mod policy;
mod areas;
mod query;
mod inputs;

pub use abreast_core::{
    Ahead, Asked, BEAT, BROWSER_LEASE, Breaker, Clocks, DELTA, HERE, Key, LayerId, Layers, LogId, MOST_HELD, Millis,
    NODE_LEASE, Need, NoTags, NotAnId, Patch, Policy, SeenCookie, Seq, Sign, UNANSWERED, date, list_tags,
    observe::{
        NodeStatus, Way,
        advice::{Advice, Ages, Life, Missed, QueryAges, Verdict, advise},
        alert::{Alert, AlertEvent, Alerts, Counts, Level, Limit, Minute, Rule, Unit, Vitals},
        metrics::{CacheEvent, Histogram, Moment, Outcome, Recorder, Tally, Tier, Timeline},
        sample::{ClientSample, ContentHash, NodeTime, NotAShare, Sampled, Share},
    },
};

pub use crate::{
    areas::Areas,
    blocked::Blocked,
    bookmark::{Bookmark, BookmarkReport, BookmarkReports, KeptSpot, Onward, Reached, ReadOn, TooManyReports},
    bound::Bound,
    change::{Branch, Change, Departure, Placed, ReplacedScene},
    changed::Changed,
    chapter_state::ChapterState,
    compare::{Piece, difference, merge},
    cursor::{Cursor, NotACursor, StoryCursor},
    device::Device,
    excerpt::Excerpt,
    grouped::grouped,
    handle::{Handle, NotAHandle},
    ids::{ActId, CastId, ChapterId, CommentId, InvitationId, PartId, PostId, SceneId, SessionTag, StoryId, UserId},
    inputs::{
        Begun, CastDraft, ChapterDraft, NewComment, NewPost, NewStory, PartDraft, ProfileDraft, SceneSave, SignUp,
        SiteDraft, StoryDraft,
    },
    invalidation::{Invalidation, NotAnInvalidation},
    kinds::{
        ActKind, Area, CastKind, FileKind, Format, Genre, Language, Legacy, Length, MailChoice, Rating, Reason,
        Registration, Role, Silence, SortOrder, Status, Suspension, TextKind, UnknownKind, VersionKind, Warning,
    },
    listing::Listing,
    manuscript_file::{
        CutMark, FileChapter, FileHeading, FileLevel, FilePart, FileScene, FrontMatter, ImportError, ManuscriptFile,
    },
    moderation::{Barred, NotReportable, Reportable},
    needle::{Needle, NotANeedle},
    not_published::NotPublished,
    nouns::*,
    own_things::{LikedStory, OwnRemark, OwnThings, Profile, SilencedAccount, UnsavedText},
    path::{ChapterPath, PartPath, ScenePath, StoryPath},
    prose::Prose,
    query::*,
    replace::{ChosenScene, ChosenScenes, NotAChoice, Replaced, ReplacedIn, Unreplaced},
    replacement::{NotAReplacement, Replacement},
    rev::{Newer, Rev},
    scene_texts::SceneTexts,
    schedule::{LocalTime, NotALocalTime, NotAZoneName, Schedule, Wanted, Which, ZoneName},
    search_for::{NotASearch, SearchFor},
    sign_in_code::{AppCode, NotACode, RecoveryCode, SignInCode},
    spans::{MAX_MENTIONS, Span, mentioned, spans},
    spot::Spot,
    story_facts::{NotTags, StoryFacts, StoryTags, Warnings},
    story_text::{Passage, Passages, Run, RunStyle, StoryLine},
    subject::{NoSubject, Subject},
    tag::{NotATag, Tag},
    text::{
        Bio, Body, Email, Grounds, Heading, Name, Note, Password, Remark, SearchText, SiteText, TagName, TextError,
        Title, restored,
    },
    thinning::{Aged, KEEP_ALL, thinned},
    trash::{KEPT_IN_TRASH, NotRestored, NotTrashed, ReadersThen, Restored, TrashItem, Trashed},
    viewer::Viewer,
    whole_story::{CastNotes, ChapterNotes, PartNotes, SceneNotes, StoryNotes, WholeStory},
    word_goal::{NotAGoal, WordGoal},
    working_copy::{Keep, NOTED_EVERY, WorkingCopy},
};
