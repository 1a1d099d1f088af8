using System.Globalization;
using System.Text;
using Cms.Articles;
using Cms.Body;
using Cms.Data;
using Cms.Ids;
using Cms.Panel;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using YamlDotNet.Serialization;

namespace Cms.Import;

/// <summary>Writes the newsroom as the files that import reads: working copies, with the takes that are approved.</summary>
public sealed class ExportNewsroom(IDbContextFactory<CmsDbContext> databases)
{
    // Articles read at a time.
    private const int Batch = 200;

    private static readonly ISerializer Yaml = new SerializerBuilder().WithQuotingNecessaryStrings().Build();

    /// <summary>Writes everything below <paramref name="folder" />; returns how many files.</summary>
    public async Task<int> Handle(string folder, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var tags = await db.Tags.ToDictionaryAsync(t => t.Id, t => t.Name, cancellationToken);
        var categories = await db.Categories.ToDictionaryAsync(c => c.Id, c => c.Name, cancellationToken);
        var sources = await db.Sources.ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken);
        var personas = await db.Personas.OrderBy(p => p.Slug).ToListAsync(cancellationToken);
        var tools = await db.Tools.OrderBy(t => t.Slug).ToListAsync(cancellationToken);
        var files = 0;
        foreach (var persona in personas)
        {
            await WriteAsync(
                folder,
                "personas",
                persona.Slug,
                Keys(persona),
                persona.Profile.Bio ?? "",
                cancellationToken
            );
            files++;
        }

        foreach (var tool in tools)
        {
            await WriteAsync(folder, "tools", tool.Slug, Keys(tool, tags), "", cancellationToken);
            files++;
        }

        var slugs = await db
            .Articles.Select(a => new { a.Id, a.Slug })
            .ToDictionaryAsync(a => a.Id, a => a.Slug, cancellationToken);
        var targets = new ReferenceTargets
        {
            Articles = slugs.ToDictionary(a => a.Key, a => new PageTarget(a.Value, "/" + a.Value, a.Value)),
            Tools = tools.ToDictionary(t => t.Id, t => new PageTarget(t.Name, "/" + t.Slug, t.Slug)),
        };
        var toolSlugs = tools.ToDictionary(t => t.Id, t => t.Slug);
        var personaSlugs = personas.ToDictionary(p => p.Id, p => p.Slug);
        foreach (
            var ids in slugs.Keys.Order(Comparer<ArticleId>.Create((a, b) => a.Value.CompareTo(b.Value))).Chunk(Batch)
        )
        {
            var batch = ids.ToList();
            var rows = await (
                from article in db.Articles
                where batch.Contains(article.Id)
                join revision in db.Revisions on article.HeadId equals revision.Id
                select new { Article = article, revision.Content }
            ).ToListAsync(cancellationToken);
            var takes = await (
                from take in db.Takes
                where batch.Contains(take.ArticleId) && take.Status == TakeStatus.Approved
                join persona in db.Personas on take.PersonaId equals persona.Id
                orderby persona.Order, persona.Id
                select take
            ).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                var keys = Keys(row.Article, row.Content);
                Put(keys, "category", row.Content.CategoryId is { } category ? categories[category] : null);
                if (row.Content.SourceId is { } source)
                {
                    var link = new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = sources[source] };
                    Put(link, "url", row.Content.SourceUrl);
                    keys["source"] = link;
                }

                Put(keys, "tags", row.Content.Tags.Select(id => tags[id]).ToList());
                Put(keys, "tools", row.Content.Tools.Select(id => toolSlugs[id]).ToList());
                Put(
                    keys,
                    "takes",
                    takes
                        .Where(t => t.ArticleId == row.Article.Id)
                        .Select(t => Keys(t, personaSlugs[t.PersonaId]))
                        .ToList()
                );
                await WriteAsync(
                    folder,
                    "articles",
                    row.Article.Slug,
                    keys,
                    Markdown(row.Content, targets),
                    cancellationToken
                );
                files++;
            }
        }

        return files;
    }

    private static string Markdown(ArticleContent content, ReferenceTargets targets) =>
        content.Body is { } json ? RichText.OfStored(json).ToMarkdown(targets) : "";

    private static Dictionary<string, object> Keys(Article article, ArticleContent content)
    {
        var keys = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["id"] = article.ImportId ?? article.Id.Format(),
            ["headline"] = content.Headline,
            ["slug"] = article.Slug,
        };
        Put(keys, "summary", content.Summary);
        Put(keys, "byline", content.Byline);
        Put(keys, "language", content.Language == "en" ? null : content.Language);
        Put(keys, "date", article.PublishedAt?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));
        Put(keys, "status", article.Status is ArticleStatus.Published ? null : "draft");
        return keys;
    }

    private static Dictionary<string, object> Keys(Take take, string persona)
    {
        var keys = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["persona"] = persona,
            ["text"] = take.Content.Text,
            ["stance"] = take.Content.Stance.ToString().ToLowerInvariant(),
            ["confidence"] = take.Content.Confidence,
        };
        Put(keys, "verdict", take.Content.Verdict);
        return keys;
    }

    private static Dictionary<string, object> Keys(Persona persona)
    {
        var keys = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = "persona",
            ["slug"] = persona.Slug,
            ["name"] = persona.Profile.Name,
            ["lens"] = persona.Profile.Lens,
        };
        Put(keys, "accent", persona.AccentColour);
        keys["order"] = persona.Order;
        Put(keys, "ai", persona.IsAi ? true : null);
        Put(keys, "active", persona.IsActive ? null : false);
        Put(keys, "voice", persona.Profile.VoiceGuide);
        return keys;
    }

    private static Dictionary<string, object> Keys(Tool tool, Dictionary<Taxonomy.TagId, string> tags)
    {
        var keys = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = "tool",
            ["slug"] = tool.Slug,
            ["name"] = tool.Name,
        };
        Put(keys, "maker", tool.Maker);
        keys["kind"] = tool.Kind.ToString().ToUpperInvariant();
        Put(keys, "url", tool.Url);
        Put(keys, "summary", tool.Summary);
        Put(keys, "tags", tool.Tags.Select(id => tags[id]).ToList());
        return keys;
    }

    // What is empty is left out.
    private static void Put(Dictionary<string, object> keys, string key, object? value)
    {
        if (value is not (null or System.Collections.ICollection { Count: 0 }))
        {
            keys[key] = value;
        }
    }

    private static async Task WriteAsync(
        string folder,
        string kind,
        string slug,
        Dictionary<string, object> keys,
        string body,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(Path.Combine(folder, kind));
        var text =
            $"---\n{Yaml.Serialize(keys).ReplaceLineEndings("\n")}---\n{(body.Length == 0 ? "" : "\n" + body.TrimEnd('\n') + "\n")}";
        await File.WriteAllTextAsync(
            Path.Combine(folder, kind, slug + ".md"),
            text,
            new UTF8Encoding(false),
            cancellationToken
        );
    }
}
