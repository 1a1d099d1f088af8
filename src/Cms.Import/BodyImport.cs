using Cms.Articles;
using Cms.Body;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>Reads the bodies of one run's articles and finds the images, articles and tools they embed.</summary>
/// <param name="comingArticles">
/// In a dry run, the slugs of the articles that the run would import; otherwise empty.
/// </param>
internal sealed class BodyImport(
    IDbContextFactory<CmsDbContext> databases,
    ImageImport images,
    ToolImport tools,
    EmbedHosts hosts,
    IReadOnlySet<string> comingArticles
)
{
    public async Task<Result<MarkdownImport>> ReadAsync(
        string markdown,
        string folder,
        CancellationToken cancellationToken
    )
    {
        HashSet<string> files = new(StringComparer.Ordinal);
        var read = RichText.FromMarkdown(
            markdown,
            EmbedSlugs.None with
            {
                Hosts = hosts,
                Image = name =>
                {
                    _ = ImageFiles.IsFile(name) && files.Add(name);
                    return null;
                },
            }
        );
        if (read.Errors is not ([] or [UnknownEmbeds]) || (read.Errors is [] && files.Count == 0))
        {
            return read;
        }

        Dictionary<string, MediaId> ids = new(StringComparer.Ordinal);
        List<UserError> refusals = [];
        foreach (var file in files)
        {
            // An image whose file is missing is replaced with its alternative text, with a warning.
            var image = await images.FindAsync(file, folder, null, cancellationToken);
            refusals.AddRange(image.Errors.Where(error => error is not ImageFileMissing));
            if (image.Value is { } id)
            {
                ids[file] = id;
            }
        }

        if (refusals.Count > 0)
        {
            return refusals;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var slugs = read.Errors is [UnknownEmbeds unknown] ? unknown.Articles.ToList() : [];
        var found = await db
            .Articles.Where(a => slugs.Contains(a.Slug))
            .ToDictionaryAsync(a => a.Slug, a => a.Id, StringComparer.Ordinal, cancellationToken);
        return RichText.FromMarkdown(
            markdown,
            new EmbedSlugs(
                slug =>
                    found.TryGetValue(slug, out var article) ? (ArticleId?)article
                    : comingArticles.Contains(slug) ? ArticleId.New()
                    : null,
                tools.Find
            )
            {
                Hosts = hosts,
                Image = name => ids.TryGetValue(name, out var image) ? (MediaId?)image : null,
            }
        );
    }
}
