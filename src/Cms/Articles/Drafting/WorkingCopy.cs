using Cms.Authors;
using Cms.Media;
using Cms.People;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles.Drafting;

/// <summary>A revision for the desk, with only the requested columns.</summary>
public sealed class WorkingCopy
{
    /// <summary>The revision's id. It never changes.</summary>
    public RevisionId Id { get; init; }

    public ArticleId ArticleId { get; init; }

    /// <summary>The revision's number. Numbers start at 1 and have no gaps.</summary>
    public int Number { get; init; }

    /// <summary>The headline.</summary>
    public string Headline { get; init; } = "";

    /// <summary>The summary; null if there is none.</summary>
    public string? Summary { get; init; }

    public string? Body { get; init; }

    public int WordCount { get; init; }

    public CategoryId? CategoryId { get; init; }

    public SourceId? SourceId { get; init; }

    public string? SourceUrl { get; init; }

    public DateOnly? SourcePublishedOn { get; init; }

    public MediaId? HeroImageId { get; init; }

    public string? HeroAlt { get; init; }

    public string? HeroCaption { get; init; }

    public string? Byline { get; init; }

    public string Language { get; init; } = "";

    public Seo? Seo { get; init; }

    public IReadOnlyList<TagId> Tags { get; init; } = [];

    public IReadOnlyList<AuthorId> Authors { get; init; } = [];

    public IReadOnlyList<ToolId> Tools { get; init; } = [];

    public string DrafterName { get; init; } = "";

    /// <summary>The AI model that drafted the text; null if a person did.</summary>
    public DraftedWith? DraftedWith { get; init; }

    /// <summary>The person who last edited what the model drafted; null if nobody did.</summary>
    public string? EditedBy { get; init; }

    /// <summary>The name of the person who approved the revision; null if nobody did.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When the revision was first saved.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// When the revision was last saved: later than `createdAt` if the revision contains several autosaves.
    /// </summary>
    public DateTimeOffset SavedAt { get; init; }

    /// <summary>Whether the revision was saved automatically.</summary>
    public bool IsAutosave { get; init; }

    /// <summary>A name that a member of staff gave it; null if it has none.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// The id of the earlier revision that this revision restores; null if this revision is not a restoration.
    /// </summary>
    public RevisionId? RestoredFrom { get; init; }

    internal static Projection<Revision, WorkingCopy> Columns { get; } =
        new(
            revision => new WorkingCopy
            {
                Id = revision.Id,
                ArticleId = revision.ArticleId,
                Number = revision.Number,
                Headline = revision.Content.Headline,
                Summary = revision.Content.Summary,
                Body = revision.Content.Body,
                WordCount = revision.Content.WordCount,
                CategoryId = revision.Content.CategoryId,
                SourceId = revision.Content.SourceId,
                SourceUrl = revision.Content.SourceUrl,
                SourcePublishedOn = revision.Content.SourcePublishedOn,
                HeroImageId = revision.Content.HeroImageId,
                HeroAlt = revision.Content.HeroAlt,
                HeroCaption = revision.Content.HeroCaption,
                Byline = revision.Content.Byline,
                Language = revision.Content.Language,
                Seo = new Seo
                {
                    Title = revision.Content.Seo.Title,
                    Description = revision.Content.Seo.Description,
                    CanonicalUrl = revision.Content.Seo.CanonicalUrl,
                    NoIndex = revision.Content.Seo.NoIndex,
                },
                Tags = revision.Content.Tags,
                Authors = revision.Content.Authors,
                Tools = revision.Content.Tools,
                DrafterName = revision.Drafter.Name,
                DraftedWith = revision.DraftedWith,
                EditedBy = revision.EditedBy,
                ApprovedBy = revision.ApprovedBy,
                CreatedAt = revision.CreatedAt,
                SavedAt = revision.SavedAt,
                IsAutosave = revision.IsAutosave,
                Label = revision.Label,
                RestoredFrom = revision.RestoredFrom,
            },
            nameof(Id),
            nameof(ArticleId)
        );
}

/// <summary>Loads revisions by id. The caller must first check that the viewer is allowed to see the article.</summary>
public sealed class WorkingCopyById(ReadContexts contexts, CompiledQueries queries)
    : RowById<RevisionId, Revision, WorkingCopy>(contexts, queries)
{
    private protected override Projection<Revision, WorkingCopy> Rows => WorkingCopy.Columns;

    private static readonly KeyedQuery<RevisionId, Revision> ById = new(
        "revision by id",
        (db, id) => db.Revisions.Where(r => r.Id == id),
        (db, ids) => db.Revisions.Where(r => ids.Contains(r.Id))
    );

    private protected override KeyedQuery<RevisionId, Revision> Query => ById;

    private protected override RevisionId KeyOf(WorkingCopy row) => row.Id;
}

/// <summary>
/// Loads the newest revisions of articles. A single statement finds a revision and reads it: between two statements, an
/// autosave could replace it. The caller must first check that the viewer is allowed to see the articles.
/// </summary>
public sealed class WorkingCopyOfArticle(ReadContexts contexts, CompiledQueries queries)
    : RowById<ArticleId, Revision, WorkingCopy>(contexts, queries)
{
    private protected override Projection<Revision, WorkingCopy> Rows => WorkingCopy.Columns;

    private static readonly KeyedQuery<ArticleId, Revision> ByArticle = new(
        "newest revision of an article",
        (db, id) =>
            db.Articles.Where(a => a.Id == id).Join(db.Revisions, a => a.HeadId, r => r.Id, (article, head) => head),
        (db, ids) =>
            db
                .Articles.Where(a => ids.Contains(a.Id))
                .Join(db.Revisions, a => a.HeadId, r => r.Id, (article, head) => head)
    );

    private protected override KeyedQuery<ArticleId, Revision> Query => ByArticle;

    private protected override ArticleId KeyOf(WorkingCopy row) => row.ArticleId;
}
