using Cms.Articles;
using Cms.Authors;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>Whether an image belongs to an import.</summary>
internal enum ImageOwner
{
    /// <summary>Nothing shows the image.</summary>
    Nobody,

    /// <summary>Only items of the import show it.</summary>
    Import,

    /// <summary>Items of the import and others show it.</summary>
    Both,

    /// <summary>Only others show it.</summary>
    Others,
}

/// <summary>
/// What an import contains. Different imports can have images with the same path, such as images/1.jpg. An image that
/// something outside an import shows is not changed by it.
/// </summary>
internal sealed record ImportScope
{
    /// <summary>The ids of the articles in the systems that they come from.</summary>
    public required IReadOnlySet<string> Articles { get; init; }

    /// <summary>The slugs of the personas.</summary>
    public required IReadOnlySet<string> Personas { get; init; }

    /// <summary>The slugs of the tools.</summary>
    public required IReadOnlySet<string> Tools { get; init; }

    /// <summary>The slugs of the authors.</summary>
    public required IReadOnlySet<string> Authors { get; init; }

    /// <summary>The paths of the images that the import describes.</summary>
    public required IReadOnlySet<string> Images { get; init; }

    public static ImportScope Of(IReadOnlyList<ImportItem> items, ImageStatements statements) =>
        new()
        {
            Articles = SetOf(items.Select(ImportTally.ImportIdOf)),
            Personas = SetOf(
                items.OfType<PersonaItem>().Select(item => item.Fields.Slug ?? Slug.From(item.Fields.Profile.Name))
            ),
            Tools = SetOf(items.OfType<ToolItem>().Select(item => item.Fields.Slug ?? Slug.From(item.Fields.Name))),
            Authors = SetOf(items.OfType<AuthorItem>().Select(item => item.Slug ?? Slug.From(item.Fields.Name))),
            Images = SetOf(statements.Descriptions.Keys),
        };

    /// <summary>Returns who shows an image.</summary>
    public Task<ImageOwner> OwnerOfAsync(CmsDbContext db, MediaId image, CancellationToken cancellationToken) =>
        OwnerOfAsync(db, image, [], cancellationToken);

    private async Task<ImageOwner> OwnerOfAsync(
        CmsDbContext db,
        MediaId image,
        HashSet<MediaId> seen,
        CancellationToken cancellationToken
    )
    {
        seen.Add(image);
        var uses = await db.MediaUses.AsNoTracking().Where(use => use.MediaId == image).ToListAsync(cancellationToken);
        List<bool> isOwn = [];

        var articles = IdsOf<ArticleId>(uses, MediaUseKind.WorkingCopy, MediaUseKind.Article, MediaUseKind.Schedule);
        await AddAsync(db.Articles.Where(a => articles.Contains(a.Id)).Select(a => a.ImportId), Articles);
        var personas = IdsOf<PersonaId>(uses, MediaUseKind.Persona);
        await AddAsync(db.Personas.Where(p => personas.Contains(p.Id)).Select(p => (string?)p.Slug), Personas);
        var tools = IdsOf<ToolId>(uses, MediaUseKind.Tool);
        await AddAsync(db.Tools.Where(t => tools.Contains(t.Id)).Select(t => (string?)t.Slug), Tools);
        var authors = IdsOf<AuthorId>(uses, MediaUseKind.Author);
        await AddAsync(db.Authors.Where(a => authors.Contains(a.Id)).Select(a => (string?)a.Slug), Authors);

        // An image that has this one as its substitute belongs to those who show it.
        var images = IdsOf<MediaId>(uses, MediaUseKind.Image);
        var described = await db
            .MediaAssets.Where(asset => images.Contains(asset.Id))
            .Select(asset => new { asset.Id, asset.ImportId })
            .ToListAsync(cancellationToken);
        foreach (var other in described.Where(other => !seen.Contains(other.Id)))
        {
            isOwn.Add(
                other.ImportId is { } id
                    && Images.Contains(ImageKeys.PathOf(id))
                    && await OwnerOfAsync(db, other.Id, seen, cancellationToken)
                        is ImageOwner.Nobody
                            or ImageOwner.Import
            );
        }

        return (isOwn.Contains(true), isOwn.Contains(false)) switch
        {
            (false, false) => ImageOwner.Nobody,
            (true, false) => ImageOwner.Import,
            (true, true) => ImageOwner.Both,
            _ => ImageOwner.Others,
        };

        async Task AddAsync(IQueryable<string?> users, IReadOnlySet<string> own) =>
            isOwn.AddRange(
                (await users.ToListAsync(cancellationToken)).Select(user => user is not null && own.Contains(user))
            );
    }

    private static List<TId> IdsOf<TId>(List<MediaUse> uses, params IReadOnlyList<MediaUseKind> kinds)
        where TId : struct, IEntityId<TId> =>
        [.. uses.Where(use => kinds.Contains(use.Kind)).Select(use => new TId { Value = use.UserId.Value }).Distinct()];

    private static HashSet<string> SetOf(IEnumerable<string?> names) =>
        names.OfType<string>().ToHashSet(StringComparer.Ordinal);
}

/// <summary>
/// The ids of imported images. The first image of a path has the path as its id. Images of other imports with the same
/// path have a number too: images/1.jpg#2.
/// </summary>
internal static class ImageKeys
{
    /// <summary>The most images that can have the same path.</summary>
    public const int Most = 50;

    // No path of a file contains this.
    private const char Mark = '#';

    /// <summary>Returns all ids that images with a path can have.</summary>
    public static IReadOnlyList<string> Of(string path) =>
        [path, .. Enumerable.Range(2, Most - 1).Select(number => $"{path}{Mark}{number}")];

    /// <summary>Returns the path in an id.</summary>
    public static string PathOf(string key) => key.Split(Mark)[0];

    /// <summary>Returns whether an id is a path.</summary>
    public static bool IsPath(string key) => !key.Contains(Mark, StringComparison.Ordinal);
}
