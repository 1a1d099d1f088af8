using Cms.Articles;
using Cms.Body;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Tools;

namespace Cms.Import;

/// <summary>
/// Imports the articles of one run. Before it imports an article, it looks up everything that the article refers to.
/// </summary>
internal sealed class ArticleImport(
    ImportArticle import,
    TakeBackArticle takeBack,
    PersonaImport personas,
    ToolImport tools,
    TermImport terms,
    ImageImport images,
    BodyImport bodies,
    ImportTally tally,
    ImportOptions options
)
{
    // The width of the database column.
    private const int MaxId = 400;

    public async Task<Result<ImportOutcome>> ImportAsync(ArticleItem item, CancellationToken cancellationToken)
    {
        if (item.Id.Length > MaxId)
        {
            return new TextTooLong("id", MaxId) { Path = ["id"] };
        }

        // Withdraw or unschedule a withheld story first, so that it is not public even if its item has errors.
        if (
            item.IsWithheld
            && await takeBack.WithholdAsync(item.Id, options.By, options.DryRun, cancellationToken) is { } withheld
            && Report(item, withheld) is { } reported
            && reported is not { IsRefused: false, Value: ImportOutcome.Unscheduled }
        )
        {
            return reported;
        }

        List<UserError> refusals = [];
        var body = await bodies.ReadAsync(item.Markdown, item.Folder, cancellationToken);
        var takes = Takes(item, body.Value?.Body, refusals);
        var shown = Tools(item, refusals);
        refusals.AddRange(body.Errors);
        var hero = await images.FindAsync(item.Hero?.File, item.Folder, item.Hero?.Image, cancellationToken);
        refusals.AddRange(hero.Errors);
        refusals.AddRange(NamelessTerms(item));

        // If there are errors, return them before any terms are created.
        if (refusals.Count > 0)
        {
            return refusals;
        }

        var tags = await terms.TagsAsync(item.Tags, cancellationToken);
        if (!tags.Succeeded(out var tagIds, out var unnamed))
        {
            return unnamed.ToList();
        }

        var authors = await terms.AuthorsAsync(item.Authors, cancellationToken);
        if (!authors.Succeeded(out var authorIds, out var unknown))
        {
            return unknown.ToList();
        }

        var content = new ArticleContent
        {
            Headline = item.Headline,
            Summary = item.Summary,
            Byline = item.Byline,
            Language = item.Language,
            CategoryId = item.Category is { } category ? await terms.CategoryAsync(category, cancellationToken) : null,
            SourceId = item.Source is { } source ? await terms.SourceAsync(source, cancellationToken) : null,
            SourceUrl = item.SourceUrl,
            HeroImageId = hero.Value,
            HeroAlt = item.Hero?.Alt,
            HeroCaption = item.Hero?.Caption,
            Tags = [.. tagIds.Distinct()],
            Authors = [.. authorIds.Distinct()],
            Tools = [.. shown.Distinct()],
        }.WithBody(body.Value!.Body);
        var input = new ImportArticleInput
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
            Corrections = item.Corrections,
            Takes = takes,
            Origin = item.TextOrigin,
            TrustsReviews = options.TrustReviews,
            ComingImages = images.Coming,
            By = options.By,
            DryRun = options.DryRun,
        };
        var decided = await import.Handle(input, cancellationToken);
        if (!decided.Succeeded(out var imported, out var refused))
        {
            return refused.ToList();
        }

        foreach (var (persona, model) in imported.Waiting)
        {
            tally.Warn(
                $"{item.Origin}: the take of {persona} waits for a review, because {model} drafted it. Approve it here to publish it."
            );
        }

        foreach (var warning in body.Value!.Warnings)
        {
            tally.Warn($"{item.Origin}, line {warning.Line} of the body: {warning.Message}");
        }

        return Report(item, imported.Outcome);
    }

    /// <summary>Withdraws or unschedules an article that its provider cancelled.</summary>
    public async Task<Result<ImportOutcome>> CancelAsync(CanceledItem item, CancellationToken cancellationToken) =>
        Report(item, await takeBack.CancelAsync(item.Id, options.By, options.DryRun, cancellationToken));

    /// <summary>Withdraws or unschedules a withheld article even though its item cannot be read completely.</summary>
    public async Task<Result<ImportOutcome>> WithholdAsync(
        UnreadableItem notice,
        string id,
        CancellationToken cancellationToken
    ) =>
        await takeBack.WithholdAsync(id, options.By, options.DryRun, cancellationToken) is { } withheld
            ? Report(notice, withheld)
            : notice.Reason;

    // Adds a warning if the article was withdrawn or removed from the schedule.
    private Result<ImportOutcome> Report(ImportItem item, Result<ImportOutcome> outcome)
    {
        if (outcome is { IsRefused: false, Value: ImportOutcome.Withdrawn })
        {
            tally.Warn($"{item.Origin}: the story was withdrawn, because its provider withdrew it.");
        }

        if (outcome is { IsRefused: false, Value: ImportOutcome.Unscheduled })
        {
            tally.Warn($"{item.Origin}: the story is no longer scheduled, because its provider withdrew it.");
        }

        return outcome;
    }

    // If the body cannot be read, the takes have no anchors, and the item is rejected because of its body.
    private List<ImportedTake> Takes(ArticleItem item, RichText? body, List<UserError> refusals)
    {
        List<ImportedTake> takes = [];
        var passages = body is null ? null : new Passages(body);
        foreach (var take in item.Takes)
        {
            if (personas.Find(Slug.From(take.Persona) ?? "") is not { } persona)
            {
                refusals.Add(new UnknownPersona(take.Persona) { Path = ["takes"] });
                continue;
            }

            var name = persona.Profile.Name;
            var answered = take.InReplyTo is { } reply ? personas.Find(Slug.From(reply) ?? "") : null;
            if (take.InReplyTo is { } unknown && answered is null)
            {
                refusals.Add(new ReplyWithoutTarget(name, unknown) { Path = ["takes"] });
            }

            var anchor = take.Anchor is { } passage ? passages?.Find(passage) : null;
            refusals.AddRange(anchor?.Errors.Select(error => error with { Path = ["takes"] }) ?? []);
            takes.Add(
                new ImportedTake(persona, take.Content, take.Origin) { Anchor = anchor?.Value, InReplyTo = answered }
            );
        }

        if (takes.DistinctBy(take => take.Persona.Id).Count() < takes.Count)
        {
            refusals.Add(
                new ValueMalformed("takes", "a list with at most one take for each persona") { Path = ["takes"] }
            );
        }

        return takes;
    }

    private List<ToolId> Tools(ArticleItem item, List<UserError> refusals)
    {
        List<ToolId> ids = [];
        foreach (var name in item.Tools)
        {
            if (tools.Find(Slug.From(name) ?? "") is { } id)
            {
                ids.Add(id);
            }
            else
            {
                refusals.Add(new UnknownTool(name) { Path = ["tools"] });
            }
        }

        return ids;
    }

    private static IEnumerable<ValueMalformed> NamelessTerms(ArticleItem item) =>
        new[] { item.Category, item.Source }
            .OfType<string>()
            .Where(name => Slug.From(name) is null)
            .Select(name => new ValueMalformed(
                name == item.Category ? "category" : "source.name",
                "a name with a letter or digit"
            ));
}
