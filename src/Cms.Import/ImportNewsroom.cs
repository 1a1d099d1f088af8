using Cms.Articles;
using Cms.Body;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>An item that was not taken in, and why.</summary>
public sealed record RefusedItem(string Origin, string Reason);

/// <summary>How far an import has come.</summary>
public sealed record ImportProgress(int Done, int Total);

/// <summary>What an import did.</summary>
public sealed record ImportSummary(
    int Imported,
    int Unchanged,
    IReadOnlyList<RefusedItem> Refused,
    IReadOnlyList<string> Warnings
);

/// <summary>Takes in a file or a folder: personas and tools first, then articles, each whole or not at all.</summary>
public sealed class ImportNewsroom(
    IDbContextFactory<CmsDbContext> databases,
    CmsDatabase database,
    ImportArticle articles,
    ImportMedia media,
    CreatePersona createPersona,
    EditPersona editPersona,
    CreateTool createTool,
    EditTool editTool,
    TimeProvider clock
)
{
    private readonly IDbContextFactory<CmsDbContext> _databases = databases;
    private readonly CmsDatabase _database = database;
    private readonly ImportArticle _articles = articles;
    private readonly ImportMedia _media = media;
    private readonly TimeProvider _clock = clock;
    private readonly CreatePersona _createPersona = createPersona;
    private readonly EditPersona _editPersona = editPersona;
    private readonly CreateTool _createTool = createTool;
    private readonly EditTool _editTool = editTool;

    /// <exception cref="DirectoryNotFoundException">There is neither a file nor a folder at the path.</exception>
    public async Task<ImportSummary> Handle(
        string path,
        bool dryRun,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var run = new Run(this, path, dryRun, progress);
        return await run.GoAsync(cancellationToken);
    }

    private sealed class Run(ImportNewsroom import, string path, bool dryRun, IProgress<ImportProgress>? progress)
    {
        private readonly ImportTerms _terms = new(import._database);
        private readonly Dictionary<string, Persona> _personas = new(StringComparer.Ordinal);
        private readonly Dictionary<string, ToolId> _tools = new(StringComparer.Ordinal);
        private readonly HashSet<string> _comingArticles = new(StringComparer.Ordinal);
        private readonly string _root = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        private readonly Dictionary<string, ImageItem> _saidOfImages = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Result<ImportedMedia>> _images = new(StringComparer.Ordinal);
        private readonly Dictionary<string, DateTimeOffset> _embargoes = new(StringComparer.Ordinal);
        private readonly Dictionary<MediaId, MediaAsset> _comingImages = [];
        private readonly List<RefusedItem> _refused = [];
        private readonly List<string> _warnings = [];
        private int _imported;
        private int _unchanged;
        private int _done;
        private int _total;

        public async Task<ImportSummary> GoAsync(CancellationToken cancellationToken)
        {
            List<ArticleItem> stories = [];
            List<ImportItem> first = [];
            foreach (var item in await ReadAsync(NewsroomFolder.Files(path), cancellationToken))
            {
                if (item is ArticleItem story)
                {
                    stories.Add(story);
                }
                else
                {
                    first.Add(item);
                }
            }

            _total = stories.Count + first.Count;
            await KnowAsync(cancellationToken);
            KnowImages(first.OfType<ImageItem>());
            KnowPictures(first.Concat(stories));
            await TakeBackAsync(first.Concat(stories), cancellationToken);

            foreach (var item in first.OrderBy(item => (item is not ImageItem, item is ToolItem)))
            {
                Count(item, await TakeInAsync(item, cancellationToken));
            }

            _comingArticles.UnionWith(stories.Select(story => story.Slug ?? Slug.From(story.Headline) ?? ""));

            var origins = first
                .OfType<CanceledItem>()
                .DistinctBy(canceled => canceled.Id, StringComparer.Ordinal)
                .ToDictionary(canceled => canceled.Id, canceled => canceled.Origin, StringComparer.Ordinal);

            // Of a story that comes twice the first is taken, unless one of them holds it back: then nobody knows which is right.
            foreach (
                var twice in stories
                    .GroupBy(story => story.Id, StringComparer.Ordinal)
                    .Where(same =>
                        same.DistinctBy(story => (story.Status, story.ScheduledAt, story.EmbargoUntil)).Skip(1).Any()
                    )
                    .ToList()
            )
            {
                foreach (var story in twice)
                {
                    stories.Remove(story);
                    var other = twice.First(same => !ReferenceEquals(same, story));
                    Count(story, new IdTaken(story.Id, other.Origin) { Path = ["id"] });
                }
            }

            // What cannot be read may hold the story back.
            foreach (var unread in first.OfType<UnreadableItem>())
            {
                foreach (var story in stories.Where(story => story.Id == unread.Id).ToList())
                {
                    stories.Remove(story);
                    Count(story, new IdTaken(story.Id, unread.Origin) { Path = ["id"] });
                }
            }

            foreach (var story in stories.Where(story => !origins.TryAdd(story.Id, story.Origin)).ToList())
            {
                stories.Remove(story);
                Count(story, new IdTaken(story.Id, origins[story.Id]) { Path = ["id"] });
            }

            // What waits for another article of the same import is tried again as long as that helps.
            var waiting = stories;
            while (waiting.Count > 0)
            {
                List<(ArticleItem Item, Result<ImportOutcome> Outcome)> unresolved = [];
                foreach (var story in waiting)
                {
                    var outcome = await TakeInAsync(story, cancellationToken);
                    if (outcome.Errors is [UnknownEmbeds])
                    {
                        unresolved.Add((story, outcome));
                    }
                    else
                    {
                        Count(story, outcome);
                    }
                }

                if (unresolved.Count == waiting.Count)
                {
                    unresolved.ForEach(story => Count(story.Item, story.Outcome));
                    break;
                }

                waiting = [.. unresolved.Select(story => story.Item)];
            }

            return new ImportSummary(_imported, _unchanged, _refused, _warnings);
        }

        // Files are read side by side, their items kept in the order of the files.
        private async Task<IEnumerable<ImportItem>> ReadAsync(
            IReadOnlyList<string> files,
            CancellationToken cancellationToken
        )
        {
            var items = new IReadOnlyList<ImportItem>[files.Count];
            await Parallel.ForAsync(
                0,
                files.Count,
                cancellationToken,
                async (i, token) => items[i] = await NewsroomFolder.ReadAsync(path, files[i], token)
            );
            return items.SelectMany(ofFile => ofFile);
        }

        private void KnowImages(IEnumerable<ImageItem> images)
        {
            foreach (
                var said in images
                    .Select(image =>
                        (
                            Image: image,
                            File: ImageFiles.Find(_root, image.Folder, image.File).Succeeded(out var file, out _)
                                ? file
                                : null
                        )
                    )
                    .Where(said => said.File is not null)
                    .GroupBy(said => said.File!, said => said.Image, StringComparer.Ordinal)
            )
            {
                _saidOfImages[said.Key] = said.Last();
                if (said.Select(image => image.Rights).Distinct().Skip(1).Any())
                {
                    _images[said.Key] = new ImageSaidTwice(said.Key, [.. said.Select(image => image.Origin)]);
                }
            }
        }

        // Everything that is said of a file holds for it, whatever shows it, and whatever is taken in first.
        private void KnowPictures(IEnumerable<ImportItem> items)
        {
            foreach (var (item, picture, name) in Pictures(items))
            {
                if (!ImageFiles.Find(_root, item.Folder, name).Succeeded(out var file, out _))
                {
                    continue;
                }

                if (picture.Refusal is { } refusal)
                {
                    _images.TryAdd(file, refusal);
                }

                if (
                    picture.EmbargoUntil?.ToMilliseconds() is { } until
                    && !(_embargoes.TryGetValue(file, out var other) && other >= until)
                )
                {
                    _embargoes[file] = until;
                }
            }
        }

        private async Task TakeBackAsync(IEnumerable<ImportItem> items, CancellationToken cancellationToken)
        {
            HashSet<string> done = new(StringComparer.Ordinal);
            foreach (var (item, _, name) in Pictures(items).Where(said => said.Picture.IsTakenBack))
            {
                // A file need not be there to be taken back.
                var files = ImageFiles.Find(_root, item.Folder, name).Succeeded(out var found, out _)
                    ? [found]
                    : ImageFiles.Paths(item.Folder, name);
                foreach (var file in files.Where(done.Add))
                {
                    var taken = await import._media.TakeBackAsync(file, dryRun, cancellationToken);
                    _refused.AddRange(taken.Errors.Select(error => new RefusedItem(item.Origin, error.Message)));
                    if (taken.Value)
                    {
                        _warnings.Add(
                            $"{item.Origin}: the image {file} is shown no more, because its provider took it back."
                        );
                    }
                }
            }
        }

        private static IEnumerable<(ImportItem Item, PictureItem Picture, string Name)> Pictures(
            IEnumerable<ImportItem> items
        ) => from item in items from picture in item.Pictures from name in picture.Files select (item, picture, name);

        private async Task KnowAsync(CancellationToken cancellationToken)
        {
            await using var db = await import._databases.CreateDbContextAsync(cancellationToken);
            foreach (var persona in await db.Personas.AsNoTracking().ToListAsync(cancellationToken))
            {
                _personas[persona.Slug] = persona;
            }

            foreach (var tool in await db.Tools.Select(t => new { t.Slug, t.Id }).ToListAsync(cancellationToken))
            {
                _tools[tool.Slug] = tool.Id;
            }
        }

        private void Count(ImportItem item, Result<ImportOutcome> outcome)
        {
            progress?.Report(new ImportProgress(++_done, _total));
            if (outcome.IsRefused)
            {
                _refused.AddRange(outcome.Errors.Select(error => new RefusedItem(item.Origin, error.Message)));
                return;
            }

            _warnings.AddRange(item.Warnings.Select(warning => $"{item.Origin}: {warning}"));
            if (outcome.Value is ImportOutcome.Unchanged)
            {
                _unchanged++;
            }
            else
            {
                _imported++;
            }
        }

        private Task<Result<ImportOutcome>> TakeInAsync(ImportItem item, CancellationToken cancellationToken) =>
            item switch
            {
                ImageItem image => ImageAsync(image, cancellationToken),
                PersonaItem persona => PersonaAsync(persona, cancellationToken),
                ToolItem tool => ToolAsync(tool, cancellationToken),
                ArticleItem article => ArticleAsync(article, cancellationToken),
                CanceledItem canceled => CancelAsync(canceled, cancellationToken),
                UnreadableItem { IsWithheld: true, Id: { } id } notice => WithholdAsync(notice, id, cancellationToken),
                UnreadableItem unreadable => Task.FromResult<Result<ImportOutcome>>(unreadable.Reason),
                _ => throw new InvalidOperationException($"Nothing takes in a {item.GetType().Name}."),
            };

        private async Task<Result<ImportOutcome>> ImageAsync(ImageItem item, CancellationToken cancellationToken)
        {
            if (!ImageFiles.Find(_root, item.Folder, item.File).Succeeded(out var file, out var unfound))
            {
                return unfound.ToList();
            }

            var image = await ImageAsync(file, null, cancellationToken);
            return image.Succeeded(out var taken, out var refusals) ? taken.Outcome : refusals.ToList();
        }

        /// <summary>An image that something else of the import shows.</summary>
        private async Task<Result<MediaId?>> ShownAsync(
            string? name,
            string folder,
            ImageItem? said,
            CancellationToken cancellationToken
        )
        {
            if (name is null)
            {
                return default(MediaId?);
            }

            if (!ImageFiles.Find(_root, folder, name).Succeeded(out var file, out var unfound))
            {
                return unfound.ToList();
            }

            var image = await ImageAsync(file, said, cancellationToken);
            return image.Succeeded(out var taken, out var refusals)
                ? taken.Asset.Id
                : new ImageRefused(file, string.Join(' ', refusals.Select(refusal => refusal.Message)));
        }

        // Each file once, however many things show it.
        private async Task<Result<ImportedMedia>> ImageAsync(
            string file,
            ImageItem? said,
            CancellationToken cancellationToken
        )
        {
            if (_images.TryGetValue(file, out var known))
            {
                return known;
            }

            // Until it is there; a substitute that leads back here finds this.
            _images[file] = new ValueMalformed("substitute", "an image that nothing stands in for");
            return _images[file] = await TakeInAsync(
                file,
                _saidOfImages.GetValueOrDefault(file) ?? said,
                cancellationToken
            );
        }

        private async Task<Result<ImportedMedia>> TakeInAsync(
            string file,
            ImageItem? said,
            CancellationToken cancellationToken
        )
        {
            var tags = await TagsAsync(said?.Tags ?? [], cancellationToken);
            if (!tags.Succeeded(out var tagIds, out var unnamed))
            {
                return unnamed.ToList();
            }

            var substitute = await ShownAsync(said?.Substitute, said?.Folder ?? "", null, cancellationToken);
            if (substitute.IsRefused)
            {
                return substitute.Errors.ToList();
            }

            var rights = said?.Rights ?? new ImageRights();
            if (_embargoes.TryGetValue(file, out var until) && !(rights.ValidFrom >= until))
            {
                rights = rights with { ValidFrom = until };
            }

            var taken = await import._media.Handle(
                new ImportMediaInput
                {
                    ImportId = file,
                    File = Path.Combine(_root, file),
                    Description = said?.Description ?? new MediaDescription(),
                    Rights = rights,
                    Substitute = substitute.Value,
                    Tags = [.. tagIds.Distinct()],
                    DryRun = dryRun,
                },
                cancellationToken
            );
            if (dryRun && taken.Value is { } coming)
            {
                _comingImages[coming.Asset.Id] = coming.Asset;
            }

            return taken;
        }

        // What the operations would refuse, in a dry run that calls none.
        private List<UserError> Unfit(MediaId? image, string field) =>
            dryRun && image is { } id && _comingImages.TryGetValue(id, out var asset)
                ?
                [
                    .. asset
                        .Refusals(null, isDecorative: false, import._clock.GetUtcNow())
                        .Select(refusal => refusal with { Path = [field] }),
                ]
                : [];

        private async Task<Result<ImportOutcome>> PersonaAsync(PersonaItem read, CancellationToken cancellationToken)
        {
            var avatar = await ShownAsync(read.Avatar, read.Folder, null, cancellationToken);
            if (avatar.Errors.Concat(Unfit(avatar.Value, "avatar")).ToList() is [_, ..] unfit)
            {
                return unfit;
            }

            var item = read with { Fields = read.Fields with { Avatar = avatar.Value } };
            var slug = item.Fields.Slug ?? Slug.From(item.Fields.Profile.Name) ?? "";
            if (!_personas.TryGetValue(slug, out var known))
            {
                var created = dryRun
                    ? Persona.Create(PersonaId.New(), item.Fields, DateTimeOffset.UnixEpoch)
                    : await import._createPersona.Handle(
                        new CreatePersonaInput { Fields = item.Fields },
                        cancellationToken
                    );
                return Keep(created);
            }

            if (known.Edit(item.Fields, known.UpdatedAt) is { IsRefused: false, Value: false })
            {
                return ImportOutcome.Unchanged;
            }

            return dryRun
                ? ImportOutcome.Imported
                : Keep(
                    await import._editPersona.Handle(
                        new EditPersonaInput { Id = known.Id, Fields = item.Fields },
                        cancellationToken
                    )
                );

            Result<ImportOutcome> Keep(Result<Persona> result)
            {
                if (!result.Succeeded(out var persona, out var errors))
                {
                    return errors.ToList();
                }

                _personas[persona.Slug] = persona;
                return ImportOutcome.Imported;
            }
        }

        private async Task<Result<ImportOutcome>> ToolAsync(ToolItem item, CancellationToken cancellationToken)
        {
            var tags = await TagsAsync(item.Tags, cancellationToken);
            if (!tags.Succeeded(out var ids, out var unnamed))
            {
                return unnamed.ToList();
            }

            var logo = await ShownAsync(item.Logo, item.Folder, null, cancellationToken);
            if (logo.Errors.Concat(Unfit(logo.Value, "logo")).ToList() is [_, ..] unfit)
            {
                return unfit;
            }

            var fields = item.Fields with { Tags = ids, Logo = logo.Value };
            var slug = fields.Slug ?? Slug.From(fields.Name) ?? "";
            if (!_tools.TryGetValue(slug, out var id))
            {
                var created = dryRun
                    ? Tool.Create(ToolId.New(), fields, DateTimeOffset.UnixEpoch)
                    : await import._createTool.Handle(new CreateToolInput { Fields = fields }, cancellationToken);
                return Keep(created);
            }

            await using var db = await import._databases.CreateDbContextAsync(cancellationToken);
            var known = await db.Tools.AsNoTracking().SingleAsync(t => t.Id == id, cancellationToken);
            if (known.Edit(fields, known.UpdatedAt) is { IsRefused: false, Value: false })
            {
                return ImportOutcome.Unchanged;
            }

            return dryRun
                ? ImportOutcome.Imported
                : Keep(
                    await import._editTool.Handle(new EditToolInput { Id = id, Fields = fields }, cancellationToken)
                );

            Result<ImportOutcome> Keep(Result<Tool> result)
            {
                if (!result.Succeeded(out var tool, out var errors))
                {
                    return errors.ToList();
                }

                _tools[tool.Slug] = tool.Id;
                return ImportOutcome.Imported;
            }
        }

        private async Task<Result<ImportOutcome>> ArticleAsync(ArticleItem item, CancellationToken cancellationToken)
        {
            if (item.Id.Length > MaxId)
            {
                return new TextTooLong("id", MaxId) { Path = ["id"] };
            }

            // Readers must not see it, whatever else of it would be refused.
            if (
                item.IsWithheld
                && await import._articles.WithholdAsync(item.Id, dryRun, cancellationToken) is { } withheld
                && Told(item, withheld) is { } told
                && told is not { IsRefused: false, Value: ImportOutcome.Unscheduled }
            )
            {
                return told;
            }

            List<UserError> refusals = [];
            List<(Persona, TakeContent)> takes = [];
            foreach (var take in item.Takes)
            {
                if (_personas.TryGetValue(Slug.From(take.Persona) ?? "", out var persona))
                {
                    takes.Add((persona, take.Content));
                }
                else
                {
                    refusals.Add(new UnknownPersona(take.Persona) { Path = ["takes"] });
                }
            }

            if (takes.DistinctBy(take => take.Item1.Id).Count() < takes.Count)
            {
                refusals.Add(new ValueMalformed("takes", "one take for each persona at most") { Path = ["takes"] });
            }

            List<ToolId> tools = [];
            foreach (var name in item.Tools)
            {
                if (_tools.TryGetValue(Slug.From(name) ?? "", out var tool))
                {
                    tools.Add(tool);
                }
                else
                {
                    refusals.Add(new UnknownTool(name) { Path = ["tools"] });
                }
            }

            var body = await BodyAsync(item.Markdown, item.Folder, cancellationToken);
            refusals.AddRange(body.Errors);
            var hero = await ShownAsync(item.Hero?.File, item.Folder, item.Hero?.Image, cancellationToken);
            refusals.AddRange(hero.Errors);
            foreach (
                var name in new[] { item.Category, item.Source }.OfType<string>().Where(name => Slug.From(name) is null)
            )
            {
                refusals.Add(
                    new ValueMalformed(
                        name == item.Category ? "category" : "source.name",
                        "a name with a letter or digit"
                    )
                );
            }

            var content = new ArticleContent { Headline = item.Headline };

            // Terms are made only for a story that is otherwise in order.
            if (refusals.Count > 0)
            {
                return refusals;
            }

            var tags = await TagsAsync(item.Tags, cancellationToken);
            if (!tags.Succeeded(out var tagIds, out var unnamed))
            {
                return unnamed.ToList();
            }

            content = (
                content with
                {
                    Summary = item.Summary,
                    Byline = item.Byline,
                    Language = item.Language,
                    CategoryId = item.Category is { } category
                        ? await MadeAsync(() => _terms.CategoryAsync(category, cancellationToken))
                        : null,
                    SourceId = item.Source is { } source
                        ? await MadeAsync(() => _terms.SourceAsync(source, cancellationToken))
                        : null,
                    SourceUrl = item.SourceUrl,
                    HeroImageId = hero.Value,
                    HeroAlt = item.Hero?.Alt,
                    HeroCaption = item.Hero?.Caption,
                    Tags = [.. tagIds.Distinct()],
                    Tools = [.. tools.Distinct()],
                }
            ).WithBody(body.Value!.Body);
            var outcome = await import._articles.Handle(
                new ImportArticleInput
                {
                    ImportId = item.Id,
                    Content = content,
                    Slug = item.Slug,
                    Date = item.Date,
                    LatestDate = item.LatestDate,
                    Status = item.Status,
                    IsWithheld = item.IsWithheld,
                    ScheduledAt = item.ScheduledAt?.ToMilliseconds(),
                    EmbargoUntil = item.EmbargoUntil?.ToMilliseconds(),
                    Takes = takes,
                    ComingImages = _comingImages,
                    DryRun = dryRun,
                },
                cancellationToken
            );
            if (!outcome.IsRefused)
            {
                _warnings.AddRange(
                    body.Value!.Warnings.Select(w => $"{item.Origin}, line {w.Line} of the body: {w.Message}")
                );
            }

            return Told(item, outcome);
        }

        private async Task<Result<ImportOutcome>> CancelAsync(CanceledItem item, CancellationToken cancellationToken) =>
            Told(item, await import._articles.CancelAsync(item.Id, dryRun, cancellationToken));

        private async Task<Result<ImportOutcome>> WithholdAsync(
            UnreadableItem notice,
            string id,
            CancellationToken cancellationToken
        ) =>
            await import._articles.WithholdAsync(id, dryRun, cancellationToken) is { } withheld
                ? Told(notice, withheld)
                : notice.Reason;

        // What readers see no longer is worth a line of its own.
        private Result<ImportOutcome> Told(ImportItem item, Result<ImportOutcome> outcome)
        {
            if (outcome is { IsRefused: false, Value: ImportOutcome.Withdrawn })
            {
                _warnings.Add($"{item.Origin}: the story was withdrawn, because its provider took it back.");
            }

            if (outcome is { IsRefused: false, Value: ImportOutcome.Unscheduled })
            {
                _warnings.Add(
                    $"{item.Origin}: the story was removed from the schedule, because its provider took it back."
                );
            }

            return outcome;
        }

        private async Task<Result<IReadOnlyList<TagId>>> TagsAsync(
            IReadOnlyList<string> names,
            CancellationToken cancellationToken
        )
        {
            if (names.FirstOrDefault(name => Slug.From(name) is null) is { } nameless)
            {
                return new ValueMalformed("tags", $"names with a letter or digit, unlike ‘{nameless}’")
                {
                    Path = ["tags"],
                };
            }

            List<TagId> ids = [];
            foreach (var name in names)
            {
                ids.Add(await MadeAsync(() => _terms.TagAsync(name, cancellationToken)));
            }

            return ids;
        }

        private async Task<Result<MarkdownImport>> BodyAsync(
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

            Dictionary<string, MediaId> images = new(StringComparer.Ordinal);
            List<UserError> refusals = [];
            foreach (var file in files)
            {
                // A picture whose file is not there becomes its words, and a warning says so.
                var image = await ShownAsync(file, folder, null, cancellationToken);
                refusals.AddRange(image.Errors.Where(error => error is not ImageFileMissing));
                if (image.Value is { } id)
                {
                    images[file] = id;
                }
            }

            if (refusals.Count > 0)
            {
                return refusals;
            }

            await using var db = await import._databases.CreateDbContextAsync(cancellationToken);
            var slugs = read.Errors is [UnknownEmbeds unknown] ? unknown.Articles.ToList() : [];
            var found = await db
                .Articles.Where(a => slugs.Contains(a.Slug))
                .ToDictionaryAsync(a => a.Slug, a => a.Id, StringComparer.Ordinal, cancellationToken);
            return RichText.FromMarkdown(
                markdown,
                new EmbedSlugs(
                    slug =>
                        found.TryGetValue(slug, out var article) ? (ArticleId?)article
                        : dryRun && _comingArticles.Contains(slug) ? ArticleId.New()
                        : null,
                    slug => _tools.TryGetValue(slug, out var tool) ? (ToolId?)tool : null
                )
                {
                    Image = name => images.TryGetValue(name, out var image) ? (MediaId?)image : null,
                }
            );
        }

        // A dry run makes nothing, so a term that is missing has no id yet.
        private async Task<TId> MadeAsync<TId>(Func<Task<TId>> make)
            where TId : struct => dryRun ? default : await make();
    }

    // As wide as the column that keeps it.
    private const int MaxId = 400;
}
