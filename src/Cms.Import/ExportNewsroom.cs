using System.Globalization;
using System.Text;
using Cms.Articles;
using Cms.Authors;
using Cms.Body;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Blobs;
using Cms.Media.Library;
using Cms.Panel;
using Cms.People;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using YamlDotNet.Serialization;

namespace Cms.Import;

/// <summary>What an export wrote, and what it left out.</summary>
public sealed record ExportSummary(int Files, IReadOnlyList<string> Warnings);

/// <summary>
/// Writes the newsroom as files that import can read. The file of a published story contains the published version,
/// because import publishes it. The file of any other story contains the working copy.
/// </summary>
public sealed class ExportNewsroom(IDbContextFactory<CmsDbContext> databases, IBlobStore store, NewsroomTime newsroom)
{
    // Articles or images per query.
    private const int Batch = 200;

    private static readonly ISerializer Yaml = new SerializerBuilder().WithQuotingNecessaryStrings().Build();

    // A merged term has the name of the term that it became.
    private static Dictionary<TId, string> Names<T, TId>(List<T> terms)
        where T : Term<TId>
        where TId : struct, IEntityId<TId>
    {
        var names = terms.ToDictionary(term => term.Id, term => term.Name);
        return terms.ToDictionary(term => term.Id, term => names[term.MergedInto ?? term.Id]);
    }

    /// <summary>Writes all files below <paramref name="folder" />.</summary>
    public async Task<ExportSummary> Handle(string folder, CancellationToken cancellationToken)
    {
        newsroom.Begin();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var tags = Names<Tag, TagId>(await db.Tags.ToListAsync(cancellationToken));
        var categories = Names<Category, CategoryId>(await db.Categories.ToListAsync(cancellationToken));
        var sources = Names<Source, SourceId>(await db.Sources.ToListAsync(cancellationToken));
        var personas = await db.Personas.OrderBy(p => p.Slug).ToListAsync(cancellationToken);
        var tools = await db.Tools.OrderBy(t => t.Slug).ToListAsync(cancellationToken);
        var authors = await db.Authors.OrderBy(a => a.Slug).ToListAsync(cancellationToken);
        var images = await db
            .Library.Select(a => new
            {
                a.Id,
                a.ImportId,
                a.Format,
            })
            .ToDictionaryAsync(
                a => a.Id,
                a => a.ImportId is { } path && ImageKeys.IsPath(path) ? path : FileOf(a.Id, a.Format),
                cancellationToken
            );
        List<string> warnings = [];
        var files = await WriteImagesAsync(db, folder, images, tags, cancellationToken);
        foreach (var persona in personas)
        {
            await WriteAsync(
                folder,
                "personas",
                persona.Slug,
                Keys(persona, images),
                persona.Profile.Bio ?? "",
                cancellationToken
            );
            files++;
        }

        foreach (var tool in tools)
        {
            await WriteAsync(folder, "tools", tool.Slug, Keys(tool, tags, images), "", cancellationToken);
            files++;
        }

        foreach (var author in authors.Where(a => a.MergedInto is null && a.DeletedAt is null))
        {
            await WriteAsync(folder, "authors", author.Slug, Keys(author, images), author.Bio ?? "", cancellationToken);
            files++;
        }

        var slugs = await db
            .Articles.Select(a => new { a.Id, a.Slug })
            .ToDictionaryAsync(a => a.Id, a => a.Slug, cancellationToken);
        var targets = new ReferenceTargets
        {
            Articles = slugs.ToDictionary(a => a.Key, a => new PageTarget(a.Value, "/" + a.Value, a.Value)),
            Tools = tools.ToDictionary(t => t.Id, t => new PageTarget(t.Name, "/" + t.Slug, t.Slug)),
            Media = images.ToDictionary(i => i.Key, i => new MediaTarget("/" + i.Value, Path: i.Value)),
        };
        var names = NamesIn(targets);
        var toolSlugs = tools.ToDictionary(t => t.Id, t => t.Slug);
        var slugById = authors.ToDictionary(a => a.Id, a => a.Slug);
        var authorSlugs = authors.ToDictionary(a => a.Id, a => slugById[a.MergedInto ?? a.Id]);
        var personaSlugs = personas.ToDictionary(p => p.Id, p => p.Slug);
        foreach (
            var ids in slugs.Keys.Order(Comparer<ArticleId>.Create((a, b) => a.Value.CompareTo(b.Value))).Chunk(Batch)
        )
        {
            var batch = ids.ToList();
            foreach (var row in await ReadAsync(db, batch, cancellationToken))
            {
                var keys = Keys(row.Article, row.Content);
                Put(keys, "category", row.Content.CategoryId is { } category ? categories[category] : null);
                if (row.Content.SourceId is { } source)
                {
                    var link = new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = sources[source] };
                    Put(link, "url", row.Content.SourceUrl);
                    keys["source"] = link;
                }

                Put(keys, "tags", row.Content.Tags.Select(id => tags[id]).Distinct(StringComparer.Ordinal).ToList());
                Put(
                    keys,
                    "authors",
                    row.Content.Authors.Select(id => authorSlugs[id]).Distinct(StringComparer.Ordinal).ToList()
                );
                Put(keys, "tools", row.Content.Tools.Select(id => toolSlugs[id]).ToList());
                Put(keys, "hero", Hero(row.Content, images));
                PutOrigin(keys, row.Origin);
                Put(keys, "corrections", row.Later.Select(Keys).ToList());
                var body = Markdown(row.Content, targets);
                var takes = Named(row, body, names);
                Put(keys, "takes", takes.Select(take => Keys(take, personaSlugs)).ToList());
                warnings.AddRange(
                    LeftOut(row, takes, personaSlugs).Select(what => $"articles/{row.Article.Slug}.md: {what}")
                );
                await WriteAsync(folder, "articles", row.Article.Slug, keys, body, cancellationToken);
                files++;
            }
        }

        foreach (var front in await db.Fronts.OrderBy(f => f.Id).ToListAsync(cancellationToken))
        {
            var category = await db
                .Categories.Where(c => c.Id == front.CategoryId)
                .Select(c => c.Slug)
                .SingleOrDefaultAsync(cancellationToken);
            var keys = new Dictionary<string, object>(StringComparer.Ordinal) { ["type"] = "front" };
            Put(keys, "category", category);
            Put(keys, "articles", front.Articles.Where(slugs.ContainsKey).Select(id => slugs[id]).ToList());
            await WriteAsync(
                folder,
                "fronts",
                category is null ? "home" : $"category-{category}",
                keys,
                "",
                cancellationToken
            );
            files++;
        }

        return new ExportSummary(files, warnings);
    }

    // Import publishes the file of a published story, so the file must contain only the published text and takes.
    private static async Task<List<ExportedArticle>> ReadAsync(
        CmsDbContext db,
        List<ArticleId> ids,
        CancellationToken cancellationToken
    )
    {
        var articles = await db.Articles.Where(a => ids.Contains(a.Id)).ToListAsync(cancellationToken);
        var editions = articles.Select(article => article.LiveEditionId).OfType<EditionId>().ToList();
        var live = await db
            .Editions.Where(e => editions.Contains(e.Id))
            .Select(e => new
            {
                e.ArticleId,
                RevisionId = e.RevisionId!.Value,
                e.ApprovedBy,
            })
            .ToDictionaryAsync(e => e.ArticleId, cancellationToken);
        var later = await LaterAsync(
            db,
            [.. articles.Where(article => article is { LiveEditionId: not null, EditionCount: > 1 }).Select(a => a.Id)],
            cancellationToken
        );
        var revisions = articles
            .Select(article => article.HeadId)
            .Concat(live.Values.Select(e => e.RevisionId))
            .Distinct()
            .ToList();
        var contents = await db
            .Revisions.Where(r => revisions.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, cancellationToken);
        var approved = await (
            from take in db.Takes
            where ids.Contains(take.ArticleId) && take.ApprovedRevisionId != null
            join words in db.TakeRevisions on take.ApprovedRevisionId equals words.Id
            join persona in db.Personas on take.PersonaId equals persona.Id
            orderby persona.Order, persona.Id
            select new
            {
                take.ArticleId,
                take.PersonaId,
                persona.IsAi,
                Words = words,
            }
        ).ToListAsync(cancellationToken);
        var shown = await (
            from take in db.EditionTakes
            where editions.Contains(take.EditionId)
            join persona in db.Personas on take.PersonaId equals persona.Id
            join words in db.TakeRevisions on take.RevisionId equals words.Id
            orderby persona.Order, persona.Id
            select new
            {
                take.ArticleId,
                take.PersonaId,
                persona.IsAi,
                Words = words,
            }
        ).ToListAsync(cancellationToken);
        return
        [
            .. articles.Select(article =>
            {
                var cleared = approved.Where(take => take.ArticleId == article.Id).ToList();
                if (!live.TryGetValue(article.Id, out var edition))
                {
                    return new ExportedArticle(
                        article,
                        contents[article.HeadId].Content,
                        OriginOf(contents[article.HeadId], contents[article.HeadId].ApprovedBy),
                        [.. cleared.Select(take => ExportedTake.Of(take.PersonaId, take.Words, take.IsAi))],
                        HasUnpublishedChanges: false,
                        []
                    );
                }

                var published = shown.Where(take => take.ArticleId == article.Id).ToList();
                return new ExportedArticle(
                    article,
                    contents[edition.RevisionId].Content,
                    // The approval that the edition was published with. It can have been withdrawn from the revision since.
                    OriginOf(contents[edition.RevisionId], edition.ApprovedBy),
                    [.. published.Select(take => ExportedTake.Of(take.PersonaId, take.Words, take.IsAi))],
                    edition.RevisionId != article.HeadId,
                    [
                        .. cleared
                            .ExceptBy(published.Select(take => take.Words.Id), take => take.Words.Id)
                            .Select(take => take.PersonaId),
                    ]
                )
                {
                    Later = [.. later[article.Id]],
                };
            }),
        ];
    }

    // The editions after the article was published. A file cannot say that it was withdrawn and published again, so
    // the editions before the last publication are left out.
    private static async Task<ILookup<ArticleId, LaterEdition>> LaterAsync(
        CmsDbContext db,
        List<ArticleId> ids,
        CancellationToken cancellationToken
    )
    {
        var editions =
            ids.Count == 0
                ? []
                : await db
                    .Editions.Where(e => ids.Contains(e.ArticleId) && e.Kind != EditionKind.Advance)
                    .OrderBy(e => e.Number)
                    .Select(e => new LaterEdition(
                        e.ArticleId,
                        e.Kind,
                        e.LiveFrom,
                        e.CorrectionNote,
                        e.CorrectionSeverity
                    ))
                    .ToListAsync(cancellationToken);
        return editions
            .GroupBy(e => e.ArticleId)
            .SelectMany(own => own.Skip(own.ToList().FindLastIndex(e => e.Kind is EditionKind.Published) + 1))
            .ToLookup(e => e.ArticleId);
    }

    private static IEnumerable<string> LeftOut(
        ExportedArticle row,
        List<NamedTake> takes,
        Dictionary<PersonaId, string> personas
    )
    {
        foreach (var (take, passage, answered) in takes)
        {
            if (take.Anchor is not null && passage is null)
            {
                yield return $"the anchor of the take of {personas[take.Persona]} is left out, because the text does not have that passage.";
            }

            if (take.InReplyTo is not null && answered is null)
            {
                yield return $"what the take of {personas[take.Persona]} answers is left out, because that take is not in this file.";
            }
        }

        var corrections = row.Article.CorrectionCount - row.Later.Count(e => e.Kind is EditionKind.Corrected);
        if (corrections > 0)
        {
            yield return (corrections == 1 ? "1 correction is" : $"{corrections} corrections are")
                + (
                    row.Article.Status is ArticleStatus.Published
                        ? " left out, from before the article was withdrawn and published again."
                        : " left out, because the article is withdrawn, and only the file of a published article contains corrections."
                );
        }

        if (row.Article is { Status: ArticleStatus.Published, ScheduledAt: { } update })
        {
            yield return $"the update scheduled for {update.InWords()} is left out. Publish it first to include it in the export.";
        }
        else if (row.Article is { AdvanceEditionId: not null, EmbargoUntil: { } until })
        {
            yield return $"the release under embargo until {until.InWords()} is left out. The file contains only the embargo; release the article again after importing it.";
        }
        else if (row.HasUnpublishedChanges)
        {
            yield return "the working copy has unpublished changes, which are left out. Publish them first to include them in the export.";
        }
        else if (row.Article.ScheduledAt is { } at && row.Article.ScheduledRevisionId != row.Article.HeadId)
        {
            yield return $"the schedule for {at.InWords()} is left out, because it is for an older revision than the one in this file.";
        }

        if (row.UnpublishedTakes.Count > 0)
        {
            yield return $"approved takes of {string.Join(", ", row.UnpublishedTakes.Select(persona => personas[persona]))} that are not published yet are left out. Publish the story first to include them in the export.";
        }
    }

    // A file has no ids of blocks and takes. Import makes the blocks from the Markdown, so passages are found in those.
    private static List<NamedTake> Named(ExportedArticle row, string markdown, EmbedSlugs names)
    {
        Passages? passages = null;
        if (row.Takes.Any(take => take.Anchor is not null) && row.Content.Body is { } json)
        {
            var written = RichText.FromMarkdown(markdown, names).Value;
            passages = written is null ? null : new Passages(written.Body.WithIdsOf(RichText.OfStored(json)));
        }

        return
        [
            .. row.Takes.Select(take => new NamedTake(
                take,
                take.Anchor is { } anchor ? passages?.Describe(anchor) : null,
                take.InReplyTo is { } answered ? row.Takes.FirstOrDefault(t => t.Id == answered)?.Persona : null
            )),
        ];
    }

    private static EmbedSlugs NamesIn(ReferenceTargets targets)
    {
        var articles = targets.Articles.ToDictionary(a => a.Value.Slug!, a => a.Key, StringComparer.Ordinal);
        var tools = targets.Tools.ToDictionary(t => t.Value.Slug!, t => t.Key, StringComparer.Ordinal);
        var media = targets.Media.ToDictionary(m => m.Value.Path!, m => m.Key, StringComparer.Ordinal);
        return new EmbedSlugs(
            slug => articles.TryGetValue(slug, out var id) ? id : null,
            slug => tools.TryGetValue(slug, out var id) ? id : null
        )
        {
            Image = path => media.TryGetValue(path, out var id) ? id : null,
        };
    }

    private static TextOrigin OriginOf(Revision revision, string? approvedBy) =>
        revision.DraftedWith is null
            ? new TextOrigin()
            : new TextOrigin
            {
                DraftedWith = revision.DraftedWith,
                EditedBy = revision.EditedBy,
                ReviewedBy = approvedBy,
            };

    private static void PutOrigin(Dictionary<string, object> keys, TextOrigin origin)
    {
        if (origin.DraftedWith is { } drafted)
        {
            var model = new Dictionary<string, object>(StringComparer.Ordinal) { ["model"] = drafted.Model };
            Put(model, "version", drafted.Version);
            Put(model, "editedBy", origin.EditedBy);
            keys["draftedWith"] = model;
        }

        Put(keys, "reviewedBy", origin.ReviewedBy);
    }

    private async Task<int> WriteImagesAsync(
        CmsDbContext db,
        string folder,
        Dictionary<MediaId, string> paths,
        Dictionary<TagId, string> tags,
        CancellationToken cancellationToken
    )
    {
        var files = 0;
        foreach (
            var ids in paths.Keys.Order(Comparer<MediaId>.Create((a, b) => a.Value.CompareTo(b.Value))).Chunk(Batch)
        )
        {
            var batch = ids.ToList();
            var assets = await db.MediaAssets.Where(a => batch.Contains(a.Id)).ToListAsync(cancellationToken);
            var filed = (
                await db.MediaTags.Where(t => batch.Contains(t.MediaId)).ToListAsync(cancellationToken)
            ).ToLookup(t => t.MediaId, t => tags[t.TagId]);
            foreach (var asset in assets)
            {
                var path = paths[asset.Id];
                var file = Path.Combine(folder, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await using (
                    var original =
                        await store.OpenReadAsync(BlobKey.Original(asset.Sha256), cancellationToken)
                        ?? throw new IOException($"The store does not contain the file of {asset.Id}.")
                )
                {
                    await using var written = File.Create(file);
                    await original.Content.CopyToAsync(written, cancellationToken);
                }

                await WriteAsync(
                    folder,
                    Path.GetDirectoryName(path)!,
                    Path.GetFileName(path),
                    Keys(asset, filed[asset.Id].Order(StringComparer.Ordinal).ToList(), paths),
                    "",
                    cancellationToken
                );
                files += 2;
            }
        }

        return files;
    }

    private static string FileOf(MediaId id, ImageFormat format) =>
        $"images/{id}.{(format is ImageFormat.Jpeg ? "jpg" : format.ToString().ToLowerInvariant())}";

    private static object? Hero(ArticleContent content, Dictionary<MediaId, string> images)
    {
        // Omit an image that has been removed from the library.
        if (content.HeroImageId is not { } id || !images.TryGetValue(id, out var file))
        {
            return null;
        }

        if (content is { HeroAlt: null, HeroCaption: null })
        {
            return file;
        }

        var hero = new Dictionary<string, object>(StringComparer.Ordinal) { ["image"] = file };
        Put(hero, "alt", content.HeroAlt);
        Put(hero, "caption", content.HeroCaption);
        return hero;
    }

    private static Dictionary<string, object> Keys(
        MediaAsset asset,
        List<string> tags,
        Dictionary<MediaId, string> images
    )
    {
        var keys = new Dictionary<string, object>(StringComparer.Ordinal) { ["type"] = "image" };
        Put(keys, "alt", asset.Alt);
        Put(keys, "decorative", asset.IsDecorative ? true : null);
        Put(keys, "caption", asset.Caption);
        Put(keys, "focus", asset.Focus == FocalPoint.Centre ? null : new List<double> { asset.Focus.X, asset.Focus.Y });
        Put(keys, "folder", asset.Folder.Length == 0 ? null : asset.Folder);
        Put(keys, "tags", tags);
        var rights = asset.Rights;
        Put(keys, "creator", rights.Creator);
        Put(keys, "credit", rights.CreditLine);
        Put(keys, "copyright", rights.CopyrightNotice);
        var licence = new Dictionary<string, object>(StringComparer.Ordinal);
        Put(licence, "name", rights.LicenceName);
        Put(licence, "url", rights.LicenceUrl);
        Put(licence, "acquire", rights.AcquireLicenceUrl);
        Put(licence, "terms", rights.UsageTerms);
        Put(keys, "licence", licence);
        Put(keys, "mustCredit", rights.MustCredit ? true : null);
        Put(keys, "territories", rights.Territories.ToList());
        Put(keys, "from", Written(rights.ValidFrom));
        Put(keys, "until", Written(rights.ExpiresAt));
        Put(keys, "substitute", asset.SubstituteId is { } id ? images.GetValueOrDefault(id) : null);
        Put(keys, "syndication", rights.AllowSyndication ? true : null);
        Put(keys, "noCrop", rights.NoCrop ? true : null);
        Put(keys, "made", rights.DigitalSourceType?.ToString());
        return keys;
    }

    private static string? Written(DateTimeOffset? at) =>
        at?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

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
        Put(keys, "date", Written(article.PublishedAt));
        Put(keys, "status", article.Status is ArticleStatus.Published ? null : "draft");

        // The file of a draft contains the working copy, so a schedule is written only if it publishes the working
        // copy. Import rejects a schedule with an embargo, and the embargo is the safer of the two.
        var isScheduled =
            article.Status is not ArticleStatus.Published
            && article.ScheduledRevisionId == article.HeadId
            && article.AdvanceEditionId is null;
        Put(keys, "scheduledAt", isScheduled ? Written(article.ScheduledAt) : null);
        Put(keys, "embargoUntil", Written(article.EmbargoUntil));
        return keys;
    }

    private static Dictionary<string, object> Keys(LaterEdition edition)
    {
        var keys = new Dictionary<string, object>(StringComparer.Ordinal) { ["at"] = Written(edition.At)! };
        Put(keys, "kind", edition.Kind is EditionKind.Corrected ? null : "update");
        Put(keys, "note", edition.Note);
        Put(keys, "severity", edition.Severity is CorrectionSeverity.Major ? "major" : null);
        return keys;
    }

    private static Dictionary<string, object> Keys(NamedTake named, Dictionary<PersonaId, string> personas)
    {
        var (exported, passage, answered) = named;
        var take = exported.Content;
        var keys = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["persona"] = personas[exported.Persona],
            ["text"] = take.Text,
            ["stance"] = take.Stance.ToString().ToLowerInvariant(),
            ["confidence"] = take.Confidence,
        };
        Put(keys, "verdict", take.Verdict);
        if (passage is not null)
        {
            var anchor = new Dictionary<string, object>(StringComparer.Ordinal);
            Put(anchor, "quote", passage.Quote);
            Put(anchor, "block", passage.Block);
            keys["anchor"] = anchor;
        }

        Put(keys, "inReplyTo", answered is { } target ? personas[target] : null);
        PutOrigin(keys, exported.Origin);
        return keys;
    }

    private static Dictionary<string, object> Keys(Persona persona, Dictionary<MediaId, string> images)
    {
        var keys = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = "persona",
            ["slug"] = persona.Slug,
            ["name"] = persona.Profile.Name,
            ["lens"] = persona.Profile.Lens,
        };
        Put(keys, "accent", persona.AccentColour);
        Put(keys, "avatar", Image(persona.AvatarId, images));
        keys["order"] = persona.Order;
        Put(keys, "ai", persona.IsAi ? true : null);
        Put(keys, "active", persona.IsActive ? null : false);
        Put(keys, "voice", persona.Profile.VoiceGuide);
        return keys;
    }

    private static Dictionary<string, object> Keys(Author author, Dictionary<MediaId, string> images)
    {
        var keys = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = "author",
            ["slug"] = author.Slug,
            ["name"] = author.Name,
        };
        Put(keys, "avatar", Image(author.AvatarId, images));
        Put(
            keys,
            "links",
            author
                .Links.Select(link => new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["label"] = link.Label,
                    ["url"] = link.Url,
                })
                .ToList()
        );
        return keys;
    }

    private static string? Image(MediaId? id, Dictionary<MediaId, string> images) =>
        id is { } image ? images.GetValueOrDefault(image) : null;

    private static Dictionary<string, object> Keys(
        Tool tool,
        Dictionary<TagId, string> tags,
        Dictionary<MediaId, string> images
    )
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
        Put(keys, "logo", Image(tool.LogoId, images));
        Put(keys, "tags", tool.Tags.Select(id => tags[id]).Distinct(StringComparer.Ordinal).ToList());
        return keys;
    }

    // Adds a key, unless its value is empty.
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

    private sealed record ExportedTake(TakeId Id, PersonaId Persona, TakeContent Content, TextOrigin Origin)
    {
        public TakeAnchor? Anchor { get; private init; }

        public TakeId? InReplyTo { get; private init; }

        // Readers see who reviewed a take only if a model or an AI persona wrote it.
        public static ExportedTake Of(PersonaId persona, TakeRevision words, bool isAi) =>
            new(
                words.TakeId,
                persona,
                words.Content,
                words.DraftedWith is null && !isAi
                    ? new TextOrigin()
                    : new TextOrigin
                    {
                        DraftedWith = words.DraftedWith,
                        EditedBy = words.EditedBy,
                        ReviewedBy = words.Reviewer is { Kind: ContributorKind.Person } reviewer ? reviewer.Name : null,
                    }
            )
            {
                Anchor = words.Anchor,
                InReplyTo = words.InReplyTo,
            };
    }

    /// <summary>A take, with what it refers to as the file names it.</summary>
    /// <param name="Take">The take.</param>
    /// <param name="Passage">The passage; null if there is none in the text.</param>
    /// <param name="Answered">The persona whose take in this file it answers; null if there is none.</param>
    private sealed record NamedTake(ExportedTake Take, PassageItem? Passage, PersonaId? Answered);

    /// <param name="Content">The content that is written to the file.</param>
    /// <param name="Origin">Which model drafted it, and who edited and reviewed it.</param>
    /// <param name="Takes">The takes that are written to the file.</param>
    /// <param name="HasUnpublishedChanges">Whether the working copy has changes that are not in the file.</param>
    /// <param name="UnpublishedTakes">The personas whose approved takes are not in the file.</param>
    private sealed record ExportedArticle(
        Article Article,
        ArticleContent Content,
        TextOrigin Origin,
        IReadOnlyList<ExportedTake> Takes,
        bool HasUnpublishedChanges,
        IReadOnlyList<PersonaId> UnpublishedTakes
    )
    {
        /// <summary>The corrections and updates that are written to the file, oldest first.</summary>
        public IReadOnlyList<LaterEdition> Later { get; init; } = [];
    }

    /// <summary>A correction or an update of an article.</summary>
    private sealed record LaterEdition(
        ArticleId ArticleId,
        EditionKind Kind,
        DateTimeOffset At,
        string? Note,
        CorrectionSeverity? Severity
    );
}
