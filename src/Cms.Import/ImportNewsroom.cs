using Cms.Authors;
using Cms.Body;
using Cms.Data;
using Cms.Foundation;
using Cms.Fronts;
using Cms.Panel.Drafting;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>An item that was not imported, with the reason.</summary>
public sealed record RefusedItem(string Origin, string Reason);

public sealed record ImportProgress(int Done, int Total);

/// <summary>An item of an import, and what the import did with it.</summary>
/// <param name="Origin">The item's file, and its index if the file contains several items.</param>
/// <param name="Kind">What the item is.</param>
/// <param name="Title">Its headline or name; null if the item cannot be read.</param>
/// <param name="Outcome">What the import did with it; null if it was rejected.</param>
/// <param name="Reasons">Why it was rejected; empty if it was not.</param>
public sealed record ImportedItem(
    string Origin,
    ImportedKind Kind,
    string? Title,
    ImportOutcome? Outcome,
    IReadOnlyList<string> Reasons
)
{
    /// <summary>The id of an article in the system that it comes from; null for everything else.</summary>
    public string? ImportId { get; init; }
}

/// <summary>What an item of an import is.</summary>
public enum ImportedKind
{
    Article,
    Author,

    /// <summary>A file, or a part of it, that cannot be read.</summary>
    File,
    Front,
    Image,
    Persona,
    Tool,
}

public sealed record ImportSummary(
    int Imported,
    int Unchanged,
    IReadOnlyList<RefusedItem> Refused,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>All items and image files, in the order in which they were imported.</summary>
    public IReadOnlyList<ImportedItem> Items { get; init; } = [];
}

/// <summary>
/// Imports a file or a folder: first images, personas, tools and authors, then articles, then fronts. Each item is imported completely or not
/// at all.
/// </summary>
public sealed class ImportNewsroom(
    IDbContextFactory<CmsDbContext> databases,
    CmsDatabase database,
    ImportArticle importArticle,
    TakeBackArticle takeBackArticle,
    ImportMedia importMedia,
    CreatePersona createPersona,
    EditPersona editPersona,
    CreateTool createTool,
    EditTool editTool,
    EmbedHosts hosts,
    CreateTerm<Author, AuthorId> createAuthor,
    EditTerm<Author, AuthorId> editAuthor,
    SaveFront saveFront,
    TimeProvider clock
)
{
    /// <exception cref="DirectoryNotFoundException">There is neither a file nor a folder at the path.</exception>
    public async Task<ImportSummary> Handle(
        string path,
        ImportOptions options,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var (dryRun, by) = (options.DryRun, options.By);
        var items = await NewsroomFolder.ReadAsync(path, cancellationToken);
        List<ArticleItem> stories = [.. items.OfType<ArticleItem>()];
        List<ImportItem> others = [.. items.Where(item => item is not ArticleItem)];
        var coming = dryRun ? stories.Select(story => story.Slug ?? Slug.From(story.Headline) ?? "") : [];

        var root = NewsroomFolder.Root(path);
        var statements = ImageStatements.Of(root, [.. others, .. stories]);
        var tally = new ImportTally(items.Count, progress);
        var terms = new TermImport(database, clock, by, dryRun);
        var scope = ImportScope.Of(items, statements);
        var images = new ImageImport(root, statements, scope, importMedia, terms, tally, clock, by, dryRun);
        var personas = new PersonaImport(databases, createPersona, editPersona, images, by, dryRun);
        var tools = new ToolImport(databases, createTool, editTool, images, terms, by, dryRun);
        var authors = new AuthorImport(databases, createAuthor, editAuthor, images, by, dryRun);
        var comingSlugs = coming.ToHashSet(StringComparer.Ordinal);
        var bodies = new BodyImport(databases, images, tools, hosts, comingSlugs);
        var fronts = new FrontImport(databases, saveFront, terms, comingSlugs, by, dryRun);
        var articles = new ArticleImport(
            importArticle,
            takeBackArticle,
            personas,
            tools,
            terms,
            images,
            bodies,
            tally,
            options
        );
        var run = new ImportRun(images, personas, tools, authors, articles, fronts, tally);
        return await run.ImportAsync(stories, others, cancellationToken);
    }
}
