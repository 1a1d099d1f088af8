using Cms.Access;
using Cms.Articles;
using Cms.Articles.Comments;
using Cms.Articles.Drafting;
using Cms.Articles.Gate;
using Cms.Articles.Presence;
using Cms.Articles.Publishing;
using Cms.Articles.Timeline;
using Cms.Articles.Workflow;
using Cms.Audit;
using Cms.Authors;
using Cms.Backups;
using Cms.Data;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Blobs;
using Cms.Media.Intake;
using Cms.Media.Library;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Search;
using Cms.SqlServer;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Support;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.SqlServer;

/// <summary>
/// The statements that every operation of the product sends, captured once for all tests that check them.
/// </summary>
public sealed class ProductStatements : IAsyncLifetime
{
    private static readonly Actor Erin = Newsroom.Erin;
    private static readonly Guid Known = PlausibleRows.Id;
    private static readonly ArticleId Article = new(Known);
    private static readonly CheckRule[] Everything = Enum.GetValues<CheckRule>();
    private static readonly DateTimeOffset Later = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A row of an article that is released under embargo.
    private static readonly (string, object?) Released = (
        "AdvanceEditionId",
        PlausibleRows.IdOf(1).ToByteArray(bigEndian: true)
    );

    private readonly SqlServerCapture _capture = new();
    private readonly Dictionary<string, IReadOnlyList<CapturedStatement>> _statements = [];

    /// <summary>The statements by operation, in the order in which they were sent.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<CapturedStatement>> Of => _statements;

    public async Task InitializeAsync()
    {
        var published = Rows(("Articles.Status", "Published"), ("Editions.SupersededAt", null));
        var unseen = Rows(
            ("Articles.Status", "Published"),
            ("Editions.SupersededAt", null),
            ("Editions.RevisionId", new byte[16])
        );

        await RunAsync<IDatabaseProvider>("Prepare", new(), provider => provider.PrepareAsync(default));
        await RunAsync<IDatabaseProvider>("Examine", new(), provider => provider.ExamineAsync(default));
        await RunAsync<BeginNewLog>(
            "BeginNewLog",
            new(),
            o => o.Handle(new BeginNewLogInput(PlausibleRows.At), default)
        );

        // Every page has rows, so the list never ends.
        await RunAsync<ListOriginals>("ListOriginals", new(), async o => await o.Handle(default).FirstAsync());
        await AddAsync<CreateArticle, Article>("CreateArticle", new(), o => o.Handle(Create(), Erin, default));
        await AddAsync<SaveArticle, Article>("SaveArticle", new(), o => o.Handle(Save(), Erin, default));
        await AddAsync<PublishArticle, Article>(
            "PublishArticle",
            Rows(("LiveEditionId", null), ("EditionCount", 0)),
            o => o.Handle(Publish(), Erin, default)
        );
        await AddAsync<PublishArticle, Article>(
            "PublishArticle again",
            unseen,
            o => o.Handle(Publish(), Erin, default)
        );
        await AddAsync<CorrectArticle, Article>("CorrectArticle", published, o => o.Handle(Correct(), Erin, default));
        await AddAsync<WithdrawArticle, Article>(
            "WithdrawArticle",
            published,
            o => o.Handle(Withdraw(), Erin, default)
        );
        await AddAsync<ScheduleArticle, Article>("ScheduleArticle", Rows(), o => o.Handle(Schedule(), Erin, default));
        await AddAsync<UnscheduleArticle, Article>(
            "UnscheduleArticle",
            new(),
            o => o.Handle(new UnscheduleArticleInput { Id = Article }, Erin, default)
        );
        await AddAsync<SetEmbargo, Article>(
            "SetEmbargo",
            Rows(("ScheduledAt", null)),
            o => o.Handle(new SetEmbargoInput { Id = Article, Until = Later }, Erin, default)
        );
        await AddAsync<ReleaseUnderEmbargo, Article>(
            "ReleaseUnderEmbargo",
            Rows(("Articles.Status", "Draft"), ("EmbargoUntil", null), Released),
            o =>
                o.Handle(
                    new ReleaseUnderEmbargoInput
                    {
                        Id = Article,
                        Until = Later,
                        Acknowledge = Everything,
                    },
                    Erin,
                    default
                )
        );
        await RunAsync<PublishDueArticles>(
            "PublishDueArticles",
            unseen,
            async o =>
                Assert.Equal([Article], (await o.Handle(new PublishDueArticlesInput { Most = 1 }, default)).Published)
        );
        await RunAsync<IServiceProvider>(
            "ListScheduledArticles",
            new(),
            services => ScheduleOperations.ReadAsync(services)
        );
        await WorkflowAsync();
        await AddAsync<RestoreRevision, Article>("RestoreRevision", new(), o => o.Handle(Restore(), Erin, default));
        await AddAsync<DraftTake, Take>("DraftTake", new(), o => o.Handle(Draft(), Erin, default));
        await AddAsync<RequestTake, Take>(
            "RequestTake",
            new() { Yes = false },
            o => o.Handle(new RequestTakeInput { Article = Article, Persona = new(Known) }, Erin, default)
        );
        await AddAsync<SaveTake, Take>(
            "SaveTake",
            new(),
            o =>
                o.Handle(
                    new SaveTakeInput
                    {
                        Id = new(Known),
                        Edit = draft => draft with { Content = new TakeContent { Text = "I would wait." } },
                    },
                    Erin,
                    default
                )
        );
        await AddAsync<ApproveTake, Take>(
            "ApproveTake",
            new() { ListLength = 2 },
            o => o.Handle(new ApproveTakeInput { Id = new(Known), Publish = true }, Erin, default)
        );
        await AddAsync<RetractTake, Take>(
            "RetractTake",
            new(),
            o => o.Handle(new RetractTakeInput { Id = new(Known), Reason = "It was wrong." }, Erin, default)
        );
        await AddAsync<CreatePersona, Persona>(
            "CreatePersona",
            new() { Yes = false },
            o => o.Handle(new CreatePersonaInput { Fields = Fields() }, Erin, default)
        );
        await AddAsync<EditPersona, Persona>(
            "EditPersona",
            new(),
            o => o.Handle(new EditPersonaInput { Id = new(Known), Edit = _ => Fields() }, Erin, default)
        );
        await AddAsync<CreateTool, Tool>(
            "CreateTool",
            new() { Yes = false },
            o => o.Handle(new CreateToolInput { Fields = About() }, Erin, default)
        );
        await AddAsync<EditTool, Tool>(
            "EditTool",
            new(),
            o => o.Handle(new EditToolInput { Id = new(Known), Edit = _ => About() }, Erin, default)
        );
        await AddAsync<SaveFront, Front>(
            "SaveFront",
            Rows(("Fronts.Articles", "[]")) with
            {
                Yes = false,
            },
            o => o.Handle(new SaveFrontInput { Category = new(Known), Articles = [Article] }, Erin, default)
        );
        await AddAsync<SaveFront, Front>(
            "SaveFront for the first time",
            Rows() with
            {
                ListLength = 0,
            },
            o => o.Handle(new SaveFrontInput { Articles = [] }, Erin, default)
        );
        await RunAsync<IServiceProvider>(
            "front of the desk",
            new(),
            services => DeskOperations.ReadFrontAsync(services, new(Known))
        );
        await TermsAsync<Category, CategoryId>("category");
        await TermsAsync<Tag, TagId>("tag");
        await TermsAsync<Source, SourceId>("source");
        await TermsAsync<Author, AuthorId>("author");
        await MediaAsync();
        await DeliverAsync("delivery with one row per list", 1);
        await DeliverAsync("delivery with two rows per list", 2);
        await BookmarkAsync("bookmarks with one row per list", 1);
        await BookmarkAsync("bookmarks with two rows per list", 2);
        await SearchAsync("search in the full-text index", fullText: true);
        await SearchAsync("search by LIKE", fullText: false);
        await RunAsync<IDbContextFactory<CmsDbContext>>(
            "words of earlier documents",
            new(),
            async databases =>
            {
                await using var db = await databases.CreateDbContextAsync();
                await FillSearchWords.RunAsync(db, default);
            }
        );
    }

    public async Task DisposeAsync() => await _capture.DisposeAsync();

    private Task AddAsync<TOperation, T>(string name, PlausibleRows rows, Func<TOperation, Task<Result<T>>> run)
        where TOperation : notnull =>
        RunAsync<TOperation>(name, rows, async operation => Newsroom.Value(await run(operation)));

    private async Task RunAsync<TService>(string name, PlausibleRows rows, Func<TService, Task> run)
        where TService : notnull =>
        _statements[name] = await _capture.RunAsync(rows, services => run(services.GetRequiredService<TService>()));

    private async Task WorkflowAsync()
    {
        var (revision, comment, staff) = (new RevisionId(Known), new CommentId(Known), new StaffId(Known));
        var inReview = Rows(("Articles.Review", "InReview"));
        await AddAsync<LabelRevision, Article>(
            "LabelRevision",
            new(),
            o =>
                o.Handle(
                    new LabelRevisionInput
                    {
                        Id = Article,
                        Revision = revision,
                        Label = "For the lawyer",
                    },
                    Erin,
                    default
                )
        );
        await AddAsync<SaveArticle, Article>(
            "SaveArticle as an autosave",
            Rows(
                ("Revisions.IsAutosave", true),
                ("Revisions.Label", null),
                ("Revisions.RestoredFrom", null),
                ("Articles.ApprovedRevisionId", null),
                ("Articles.ScheduledRevisionId", null)
            ),
            o => o.Handle(Save() with { Autosave = true }, Erin, default)
        );
        await AddAsync<AssignArticle, Article>(
            "AssignArticle",
            new(),
            o => o.Handle(new AssignArticleInput { Id = Article, Assignee = staff }, Erin, default)
        );
        await AddAsync<SubmitForReview, Article>(
            "SubmitForReview",
            new(),
            o => o.Handle(new SubmitForReviewInput { Id = Article, Reviewer = staff }, Erin, default)
        );
        await AddAsync<SubmitForReview, Article>(
            "SubmitForReview by an author",
            new(),
            o => o.Handle(new SubmitForReviewInput { Id = Article }, Newsroom.Person("Arlo", Role.Author), default)
        );
        await AddAsync<WithdrawFromReview, Article>(
            "WithdrawFromReview",
            inReview,
            o => o.Handle(new WithdrawFromReviewInput { Id = Article }, Erin, default)
        );
        await AddAsync<RequestChanges, Article>(
            "RequestChanges",
            inReview,
            o =>
                o.Handle(
                    new RequestChangesInput
                    {
                        Id = Article,
                        Comment = "Name the source.",
                        Mentions = [staff],
                    },
                    Erin,
                    default
                )
        );
        await AddAsync<ApproveArticle, Article>(
            "ApproveArticle",
            inReview,
            o => o.Handle(new ApproveArticleInput { Id = Article }, Erin, default)
        );
        await AddAsync<ChangeSlug, Article>(
            "ChangeSlug",
            Rows(("Slug", "another-slug"), ("Editions.SupersededAt", null)),
            o => o.Handle(new ChangeSlugInput { Id = Article, Slug = "a-new-slug" }, Erin, default)
        );
        await AddAsync<UpdateArticle, Article>(
            "UpdateArticle",
            Rows(
                ("Articles.Status", "Published"),
                ("Editions.SupersededAt", null),
                ("Editions.RevisionId", new byte[16])
            ),
            o => o.Handle(new UpdateArticleInput { Id = Article, Acknowledge = Everything }, Erin, default)
        );
        await AddAsync<AcquireLease, ArticleLease>(
            "AcquireLease",
            new(),
            o => o.Handle(new AcquireLeaseInput { Article = Article, Tab = "one" }, Erin, default)
        );
        await AddAsync<RenewLease, ArticleLease>(
            "RenewLease",
            new(),
            o => o.Handle(new RenewLeaseInput { Article = Article, Tab = "one" }, Erin, default)
        );
        await AddAsync<TakeOverLease, ArticleLease>(
            "TakeOverLease",
            Rows(("IsHolder", true)),
            o => o.Handle(new TakeOverLeaseInput { Article = Article, Tab = "one" }, Erin, default)
        );
        await AddAsync<ReleaseLease, ArticleLease>(
            "ReleaseLease",
            Rows(("ArticlePresence.Tab", "one"), ("PersonKey", KeyBytes())),
            o => o.Handle(new ReleaseLeaseInput { Article = Article, Tab = "one" }, Erin, default)
        );
        await AddAsync<TrashArticle, Article>(
            "TrashArticle",
            new(),
            o => o.Handle(new TrashArticleInput { Id = Article, AcknowledgeUse = true }, Erin, default)
        );
        await RunAsync<TrashArticle>(
            "TrashArticle of an article in use",
            new(),
            o => o.Handle(new TrashArticleInput { Id = Article }, Erin, default)
        );
        await AddAsync<RestoreArticle, Article>(
            "RestoreArticle",
            Rows(("TrashedAt", PlausibleRows.At)),
            o => o.Handle(new RestoreArticleInput { Id = Article }, Erin, default)
        );
        await AddAsync<DeleteArticle, DeletedArticle>(
            "DeleteArticle",
            Rows(("TrashedAt", PlausibleRows.At), ("Articles.FirstPublishedAt", null)),
            o => o.Handle(new DeleteArticleInput { Id = Article, AcknowledgeUse = true }, Erin, default)
        );
        await RunAsync<DeleteArticle>(
            "DeleteArticle of an article in use",
            Rows(("TrashedAt", PlausibleRows.At), ("Articles.FirstPublishedAt", null)),
            o => o.Handle(new DeleteArticleInput { Id = Article }, Erin, default)
        );
        await AddAsync<AddComment, Comment>(
            "AddComment",
            new(),
            o =>
                o.Handle(
                    new AddCommentInput
                    {
                        Article = Article,
                        Text = "Who says so?",
                        BlockId = "b1",
                        Take = new TakeId(Known),
                        InReplyTo = comment,
                        Mentions = [staff],
                    },
                    Erin,
                    default
                )
        );
        await AddAsync<ResolveComment, Comment>(
            "ResolveComment",
            new(),
            o => o.Handle(new ResolveCommentInput { Id = comment }, Erin, default)
        );
        await AddAsync<DeleteComment, Comment>(
            "DeleteComment",
            Rows(("AuthorKey", Erin.Contributor.Key)),
            o => o.Handle(new DeleteCommentInput { Id = comment }, Erin, default)
        );
        await AddAsync<RecordStaff, StaffMember>(
            "RecordStaff",
            new(),
            o => o.Handle(new RecordStaffInput(), Erin, default)
        );
        await AddAsync<MarkInboxRead, InboxReading>(
            "MarkInboxRead",
            Rows(("PersonKey", KeyBytes())),
            o => o.Handle(new MarkInboxReadInput { Until = PlausibleRows.At.AddYears(-1) }, Erin, default)
        );
        await RunAsync<IServiceProvider>(
            "lists of the desk with one row",
            Rows(("DeskListings.TrashedAt", PlausibleRows.At)),
            services => DeskOperations.ListAsync(services)
        );
        SetFullText(false);
        await RunAsync<IServiceProvider>(
            "lists of the desk with two rows and without full-text search",
            Rows(("DeskListings.TrashedAt", PlausibleRows.At)) with
            {
                ListLength = 2,
            },
            services => DeskOperations.ListAsync(services)
        );
        SetFullText(true);
        await RunAsync<IServiceProvider>(
            "previews of an article",
            // The creator of a link is not blocked.
            new() { Yes = false },
            services => DeskOperations.PreviewAsync(services, Article)
        );
        await RunAsync<IServiceProvider>(
            "desk of staff and comments",
            Rows(Released),
            services => DeskOperations.ReadAsync(services, Article)
        );
        await RunAsync<IServiceProvider>(
            "uses of an article and its terms",
            new(),
            services => DeskOperations.ReadUsesAsync(services, Article, Known)
        );
        await RunAsync<IServiceProvider>(
            "ReadAudit",
            Rows(("Before", "{}"), ("After", "{}")),
            services => DeskOperations.ReadAuditAsync(services, Article)
        );
        await RunAsync<RecordRefusal>(
            "RecordRefusal",
            new() { Yes = false },
            o => o.Handle(new RecordRefusalInput("deleteTag"), Erin, default)
        );
        await RunAsync<RecordSettings>(
            "RecordSettings",
            Rows(("After", "{}")),
            o =>
                o.Handle(
                    new RecordSettingsInput(new Dictionary<string, string> { ["Cms__MaxDuration"] = "00:00:09" }),
                    Actor.Server,
                    default
                )
        );
    }

    private async Task TermsAsync<T, TId>(string name)
        where T : Term<TId>, ITerm<T, TId>
        where TId : struct, IEntityId<TId>
    {
        var id = new TId { Value = Known };
        var current = Rows(
            ("TermSlugs.WasPublic", false),
            ("Colour", "#0a7d55"),
            ("Homepage", "https://news.example/"),
            ("Slug", "another-slug")
        );
        await AddAsync<CreateTerm<T, TId>, T>(
            $"CreateTerm {name}",
            current with
            {
                ListLength = 0,
            },
            o => o.Handle(new CreateTermInput { Fields = new TermFields { Name = "Robots" } }, Erin, default)
        );
        await AddAsync<EditTerm<T, TId>, T>(
            $"EditTerm {name}",
            current,
            o =>
                o.Handle(
                    new EditTermInput<TId> { Id = id, Edit = fields => fields with { Name = "Machines" } },
                    Erin,
                    default
                )
        );
        await AddAsync<RenameTerm<T, TId>, T>(
            $"RenameTerm {name}",
            current,
            o => o.Handle(new RenameTermInput<TId> { Id = id, Slug = "a-new-slug" }, Erin, default)
        );
        await RunAsync<MergeTerms<T, TId>>(
            $"MergeTerms {name}",
            current,
            o =>
                o.Handle(
                    new MergeTermsInput<TId>
                    {
                        From = id,
                        Into = new TId { Value = PlausibleRows.IdOf(1) },
                    },
                    Erin,
                    default
                )
        );
        await RunAsync<DeleteTerm<T, TId>>(
            $"DeleteTerm {name}",
            current,
            o => o.Handle(new DeleteTermInput<TId> { Id = id }, Erin, default)
        );
    }

    private async Task MediaAsync()
    {
        var rows = Rows(
            ("MediaUploads.ExpiresAt", PlausibleRows.At.AddDays(1)),
            ("MediaUploads.MediaId", null),
            ("ByKey", GraphQLClient.Erin.Key!.Value.ToString())
        );
        var upload = new MediaUploadId(Known);
        await AddAsync<CreateMediaUpload, OpenUpload>(
            "CreateMediaUpload",
            rows,
            o => o.Handle(new CreateMediaUploadInput { FileName = "cloud.webp" }, Erin, default)
        );
        await SendAsync(upload);
        await AddAsync<CommitMediaUpload, MediaAsset>(
            "CommitMediaUpload",
            rows,
            o => o.Handle(new CommitMediaUploadInput { UploadId = upload }, Erin, default)
        );
        await SendAsync(upload);
        await AddAsync<ReplaceMediaFile, MediaAsset>(
            "ReplaceMediaFile",
            rows,
            o => o.Handle(new ReplaceMediaFileInput { Id = new(Known), UploadId = upload }, Erin, default)
        );
        await AddAsync<SaveMedia, MediaAsset>(
            "SaveMedia",
            rows,
            o =>
                o.Handle(
                    new SaveMediaInput
                    {
                        Id = new(Known),
                        Alt = "A storm cloud.",
                        IsDecorative = false,
                        Tags = new List<TagId> { new(Known) },
                    },
                    Erin,
                    default
                )
        );
        await AddAsync<SaveMediaRights, MediaAsset>(
            "SaveMediaRights",
            rows,
            o =>
                o.Handle(
                    new SaveMediaRightsInput
                    {
                        Id = new(Known),
                        Creator = "Rui Alves",
                        LicenceUrl = null,
                        AcquireLicenceUrl = null,
                        Territories = null,
                        ValidFrom = null,
                        ExpiresAt = null,
                    },
                    Erin,
                    default
                )
        );
        await AddAsync<ExpireMedia, ExpiredMedia>(
            "ExpireMedia",
            Rows(("MediaAssets.ExpiresAt", PlausibleRows.At), ("ExpiredAt", null)),
            o => o.Handle(new ExpireMediaInput(), default)
        );
        await RunAsync<DeleteMedia>(
            "DeleteMedia of an image in use",
            rows,
            o => o.Handle(new DeleteMediaInput { Id = new(Known) }, Erin, default)
        );
        await AddAsync<DeleteMedia, MediaAsset>(
            "DeleteMedia",
            rows with
            {
                ListLength = 0,
            },
            o => o.Handle(new DeleteMediaInput { Id = new(Known) }, Erin, default)
        );
        _statements["media library"] = await _capture.RunAsync(
            rows with
            {
                ListLength = 2,
            },
            _ => MediaOperations.ReadAsync(_capture.Services)
        );
    }

    private async Task SendAsync(MediaUploadId upload)
    {
        await using var file = Pictures.Open("oxbow.png");
        await _capture
            .Services.GetRequiredService<IBlobStore>()
            .PutAsync(BlobKey.Quarantine(upload), file, "image/png", null, MediaUpload.MaxBytes, default);
    }

    private async Task DeliverAsync(string name, int rows) =>
        _statements[name] = await _capture.RunAsync(
            // The rights in each image have expired, so its substitute is read too.
            Rows() with
            {
                ListLength = rows,
            },
            _ =>
                DeliveryOperations.RunAsync(
                    (query, variables) => DeliveryOperations.ExecuteAsync(_capture.Services, query, variables),
                    // A lookup by slug must find one row, so lists with such a filter are not read with several rows.
                    list => rows == 1 || !DeliveryOperations.Paged[list].Contains("slug: {", StringComparison.Ordinal)
                )
        );

    private async Task BookmarkAsync(string name, int rows) =>
        _statements[name] = await _capture.RunAsync(
            new PlausibleRows { ListLength = rows },
            _ =>
                BookmarkOperations.RunAsync(
                    _capture.Services,
                    new ArticleId(Known).ToString(),
                    new ToolId(Known).ToString(),
                    new TakeId(Known).ToString()
                )
        );

    private async Task SearchAsync(string name, bool fullText)
    {
        SetFullText(fullText);
        await RunAsync<IDbContextFactory<CmsDbContext>>(
            name,
            new(),
            async databases =>
            {
                var search = _capture.Services.GetRequiredService<IArticleSearch>();
                await using var db = await databases.CreateDbContextAsync();
                Assert.Single(await search.Match(db, SearchTerms.Parse("""ship "in a week" comp*""")).ToListAsync());
            }
        );
    }

    private static PlausibleRows Rows(params (string Column, object? Value)[] columns) =>
        new()
        {
            // The images can be published, because they are not deleted and their rights have no end date.
            Columns = columns
                .Append(("MediaAssets.DeletedAt", null))
                .Append(("MediaAssets.ExpiresAt", null))
                // The slug of the article is free, and the warnings of a scheduled article were acknowledged.
                .Append(("IsSlugTaken", false))
                .Append(("ScheduleAcknowledged", string.Join(' ', Everything)))
                .DistinctBy(c => c.Column, StringComparer.Ordinal)
                .ToDictionary(c => c.Column, object? (c) => c.Value, StringComparer.Ordinal),
        };

    // Erin's key, as the database stores it.
    private static byte[] KeyBytes() =>
        [
            .. GraphQLClient.Erin.Key!.Value.TenantId.ToByteArray(bigEndian: true),
            .. GraphQLClient.Erin.Key.Value.ObjectId.ToByteArray(bigEndian: true),
        ];

    private static CreateArticleInput Create() =>
        new()
        {
            Content = Newsroom.Story() with
            {
                CategoryId = new CategoryId(Known),
                SourceId = new SourceId(Known),
                Tags = [new TagId(Known)],
                Authors = [new AuthorId(Known)],
                Tools = [new ToolId(Known)],
            },
        };

    private static SaveArticleInput Save() => new() { Id = Article, Edit = _ => Newsroom.Story() };

    private static PublishArticleInput Publish() => new() { Id = Article, Acknowledge = Everything };

    private static CorrectArticleInput Correct() =>
        new()
        {
            Id = Article,
            Note = "It took six days.",
            Acknowledge = Everything,
        };

    private static WithdrawArticleInput Withdraw() =>
        new()
        {
            Id = Article,
            Reason = "The source withdrew it.",
            AcknowledgeUse = true,
            Successor = new ArticleId(PlausibleRows.IdOf(1)),
        };

    private static ScheduleArticleInput Schedule() =>
        new()
        {
            Id = Article,
            At = Later,
            Acknowledge = Everything,
        };

    private static RestoreRevisionInput Restore() => new() { Id = Article, Revision = new(Known) };

    private static DraftTakeInput Draft() =>
        new()
        {
            Article = Article,
            Persona = new(Known),
            Content = new TakeContent { Text = "I would ship it." },
            Anchor = new TakeAnchor { BlockId = "b1", Quote = "Monday" },
            InReplyTo = new(Known),
        };

    private static PersonaFields Fields() =>
        new()
        {
            Profile = new PersonaProfile { Name = "The Builder", Lens = "Developer Perspective" },
        };

    private static ToolFields About() => new() { Name = "LanternDB", Tags = [new TagId(Known)] };

    private void SetFullText(bool isInstalled)
    {
        var search = _capture.Services.GetRequiredService<SqlServerArticleSearch>();
        (search.HasFullText, search.HasDeskFullText) = (isInstalled, isInstalled);
    }
}
