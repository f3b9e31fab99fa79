//! The registry: the one list of queries.

/// Hands every query to another macro: that macro's own arguments, then a row for each query. A row has the query's
/// meaning, the name of its server function, the function's address below `/api/`, and the query with its arguments.
/// Those marked `#[server(default)]` may be left out of a request.
///
/// The server functions come from it, and the tests' lists: a query in it is asked by every test that asks them all.
/// An address is part of the interface to other programs, and stays when its query gets another name.
///
/// ```
/// macro_rules! addresses {
///     (below $path:literal; $(
///         $(#[$doc:meta])* $function:ident $address:literal $query:ident { $($(#[$on:meta])* $argument:ident: $type:ty),* };
///     )*) => { [$(concat!($path, $address)),*] };
/// }
/// let addresses = domain::each_query! { addresses { below "/api/"; } };
/// assert!(addresses.contains(&"/api/fetch_home"));
/// ```
#[macro_export]
macro_rules! each_query {
    ($($macro:ident)::+ { $($own:tt)* }) => {
        $($macro)::+! { $($own)*
            /// The front page.
            fetch_home "fetch_home" Home {};
            /// A page of a catalogue of published stories.
            fetch_catalogue "fetch_shelf" CataloguePage { format: Format, genre: Option<Genre>, #[server(default)] page: u32 };
            /// A published story's title page.
            fetch_story "fetch_story" StoryPage { story: StoryId, #[server(default)] page: u32 };
            /// What a search finds.
            fetch_search "fetch_search" Search { after: Option<StoryCursor>, wanted: SearchFor };
            /// An author's page.
            fetch_author "fetch_author" AuthorPage { author: Handle, #[server(default)] page: u32 };
            /// A chapter of a published story.
            fetch_reading_page "fetch_reading_page" ReadingPage { story: StoryId, chapter: ChapterId };
            /// The chapters that were released last.
            fetch_releases "fetch_releases" Releases { story: Option<StoryId>, author: Option<UserId> };
            /// A page of the feed.
            fetch_feed "fetch_feed" Feed { about: Option<StoryId>, page: u32 };
            /// A page of the posts about a chapter.
            fetch_chapter_talk "fetch_chapter_talk" ChapterTalk { story: StoryId, chapter: ChapterId, #[server(default)] page: u32 };
            /// A page of a post's comments, or of the replies to one.
            fetch_thread "fetch_thread" Thread { post: PostId, under: Option<CommentId>, #[server(default)] page: u32 };
            /// Which page of its thread shows a comment.
            fetch_comment_place "fetch_comment_place" CommentPlace { post: PostId, comment: CommentId };
            /// What the viewer likes.
            fetch_my_likes "fetch_my_likes" MyLikes { viewer: UserId };
            /// Where the viewer reads on, in the stories that they began.
            fetch_bookmarks "fetch_bookmarks" Bookmarks { reader: UserId };
            /// The stories that the viewer reads and follows, and what they have not read.
            fetch_my_library "fetch_my_library" MyLibrary { viewer: UserId };
            /// What came out of what the viewer follows, and who answered or mentioned them.
            fetch_inbox "fetch_inbox" Inbox { viewer: UserId };
            /// What a published story is to the viewer: what they read of it, and whether they follow it.
            fetch_my_story "fetch_my_story" MyStory { viewer: UserId, story: StoryId };
            /// What an author is to the viewer: whether they follow them.
            fetch_my_author "fetch_my_author" MyAuthor { viewer: UserId, author: Handle };
            /// One's own handle, and what one says of oneself.
            fetch_my_profile "fetch_my_profile" MyProfile { viewer: UserId };
            /// The address of one's own account.
            fetch_my_email "fetch_my_email" MyEmail { viewer: UserId };
            /// Whether one's own account asks for a second step at sign-in.
            fetch_my_second_factor "fetch_my_second_factor" MySecondFactor { viewer: UserId };
            /// Whom the viewer mutes or blocks.
            fetch_my_silences "fetch_my_silences" MySilences { by: UserId };
            /// One's own stories.
            fetch_bookshelf "fetch_bookshelf" Bookshelf { viewer: UserId };
            /// One's own stories, as published or not.
            fetch_publications "fetch_publications" Publications { viewer: UserId };
            /// One's own story with its tree.
            fetch_manuscript "fetch_manuscript" Manuscript { viewer: UserId, story: StoryId };
            /// What one wrote of late, and one's goal for a day.
            fetch_my_progress "fetch_my_progress" MyProgress { viewer: UserId };
            /// One's own scene, with its text.
            fetch_scene "fetch_scene" SceneDraft { viewer: UserId, scene: SceneId };
            /// Where words stand in one's own story.
            fetch_story_matches "fetch_story_matches" StoryMatches { viewer: UserId, story: StoryId, needle: Needle };
            /// The characters and settings of one's own story.
            fetch_cast "fetch_cast" Cast { viewer: UserId, story: StoryId };
            /// The versions of one's own scene, the newest first.
            fetch_history "fetch_history" SceneHistory { viewer: UserId, scene: SceneId, before: Option<u32> };
            /// A version of one's own scene, beside today's text.
            fetch_version "fetch_version" SceneVersion { viewer: UserId, scene: SceneId, number: u32 };
            /// What one has deleted and can have back.
            fetch_trash "fetch_trash" Trash { viewer: UserId, #[server(default)] page: u32 };
            /// Where the viewer is signed in.
            fetch_own_sessions "fetch_own_sessions" OwnSessions { viewer: UserId };
            /// When the viewer gets what is new in their inbox by mail.
            fetch_my_mail "fetch_my_mail" MyMail { viewer: UserId };
            /// What was decided about the viewer and their texts.
            fetch_decisions "fetch_decisions" Decisions { viewer: UserId };
            /// What was reported: for managers.
            fetch_moderation_queue "fetch_moderation_queue" ModerationQueue { viewer: UserId, #[server(default)] page: u32 };
            /// What was done about it: for managers.
            fetch_act_log "fetch_act_log" ActLog { viewer: UserId, #[server(default)] page: u32 };
            /// How the place is run, and what it says of itself.
            fetch_site "fetch_site" Site {};
            /// Who has an account: for managers.
            fetch_members "fetch_members" Members { viewer: UserId, #[server(default)] page: u32, #[server(default)] name: SearchText };
            /// The invitations that are open: for managers.
            fetch_invitations "fetch_invitations" Invitations { viewer: UserId };
        }
    };
}
