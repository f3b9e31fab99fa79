//! What Quire is about, and the one judgement that every cache obeys.
//!
//! Pure: no IO, no clock, no async, no framework. Time comes in as a value. The same code runs in
//! the server and, compiled to WASM, in the browser. In reading order: what there is, what can
//! happen to it, what can be asked, and how an answer is judged.

mod ids;
mod kinds;
mod path;
mod text;
mod rev;
mod fnv;
mod grouped;
mod bound;
mod prose;
mod viewer;
mod manuscript_file;

mod seq;
mod clocks;
mod tag;
mod directive;
mod listing;
mod change;
mod doubt;
mod receipt;
mod log_row;

mod policy;
mod areas;
mod query;
mod inputs;

mod entry;
mod lease;
mod follower;
mod answer;
mod breaker;
mod layers;
mod metrics;
mod alert;
mod advice;
mod sample;
mod report;
mod shelf;
mod ahead;
mod fresh;
mod live;

pub use crate::{
    advice::{Advice, Ages, Life, Missed, QueryAges, Verdict, advise},
    ahead::{Ahead, Sign},
    alert::{Alert, AlertEvent, Alerts, Counts, Level, Limit, Minute, Rule, Unit, Vitals},
    answer::Answer,
    areas::Areas,
    bound::Bound,
    breaker::Breaker,
    change::{Branch, Change},
    clocks::Clocks,
    directive::{Audience, Directive},
    doubt::{Doubt, NothingDoubted},
    entry::Entry,
    follower::{Because, Cause, Explanation, Follower, Judgement},
    fresh::Fresh,
    grouped::grouped,
    ids::{
        ChapterId, CharacterId, CommentId, LogId, NotAnId, PartId, PostId, SceneId, SessionTag, SettingId, StoryId,
        UserId,
    },
    inputs::{ChapterDraft, NewComment, NewPost, NewStory, PartDraft, SceneSave, SignUp, StoryDraft},
    kinds::{Area, Format, Genre, Role, UnknownKind},
    layers::{LayerId, Layers, Patch},
    lease::{BROWSER_LEASE, DELTA, NODE_LEASE},
    listing::Listing,
    live::{BEAT, Gossip, HERE, Holds, Interest, LineEffect, LineEvent, MOST_HELD, Tab, Told, UNANSWERED},
    log_row::LogRow,
    manuscript_file::{FileChapter, FilePart, FrontError, FrontMatter, ImportError, ManuscriptFile},
    metrics::{CacheEvent, Histogram, Moment, Outcome, Recorder, Tally, Tier, Timeline},
    path::{ChapterPath, PartPath, ScenePath, StoryPath},
    policy::Policy,
    prose::Prose,
    query::*,
    receipt::{CatchUp, Changed, Receipt},
    report::{Learnt, Logged, NodeReport, NodeStatus, Way, Why},
    rev::{Newer, Rev},
    sample::{
        Between, Caught, Checked, Claim, Evidence, Finding, NotAShare, Print, Pulse, Sampled, Samples, Share, Shown,
        Violation,
    },
    seq::{Millis, Seq},
    shelf::{Asked, Effect, Event, Holding, Need, Record, Shelf},
    tag::{NoTags, NotATag, Tag, Tags, list_tags},
    text::{Body, Email, Heading, Name, Note, Password, Remark, TextError, Title, restored},
    viewer::Viewer,
};
