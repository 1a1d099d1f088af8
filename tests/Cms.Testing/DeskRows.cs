using System.Globalization;
using Cms.Articles;
using Cms.Articles.Desk;
using Cms.Body;
using Cms.Data;
using Cms.Panel;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Testing;

/// <summary>The rows of the desk's lists: as they are stored, and as they follow from the tables of the content.</summary>
internal static class DeskRows
{
    public static async Task<List<string>> StoredAsync(CmsDbContext db) =>
        [
            .. (await db.DeskListings.AsNoTracking().ToListAsync()).Select(Text),
            .. (await db.DeskFacets.AsNoTracking().ToListAsync()).Select(Text),
            .. (await db.DeskDocuments.AsNoTracking().ToListAsync()).Select(d =>
                Document(d.ArticleId, d.RevisionId, d.Headline, d.Summary, d.Text)
            ),
        ];

    public static async Task<List<string>> ExpectedAsync(CmsDbContext db)
    {
        var revisions = await db.Revisions.AsNoTracking().ToListAsync();
        var comments = await db.Comments.AsNoTracking().ToListAsync();
        var takes = await db.Takes.AsNoTracking().ToListAsync();
        var personas = await db.Personas.AsNoTracking().Select(p => p.Id).ToListAsync();
        var merged = await db
            .Tags.AsNoTracking()
            .Where(tag => tag.MergedInto != null)
            .ToDictionaryAsync(tag => tag.Id, tag => tag.MergedInto!.Value);
        var mergedCategories = await db
            .Categories.AsNoTracking()
            .Where(category => category.MergedInto != null)
            .ToDictionaryAsync(category => category.Id, category => category.MergedInto!.Value);
        List<string> rows = [];
        foreach (var article in await db.Articles.AsNoTracking().ToListAsync())
        {
            var id = article.Id;
            var head = revisions.Single(r => r.Id == article.HeadId);
            var isTrashed = article.TrashedAt is not null;
            rows.Add(
                Text(
                    new DeskListing
                    {
                        ArticleId = id,
                        IsTrashed = isTrashed,
                        Status = article.Status,
                        Review = article.Review,
                        CategoryId = head.Content.CategoryId is { } category
                            ? mergedCategories.GetValueOrDefault(category, category)
                            : null,
                        AssigneeKey = article.AssigneeKey,
                        ReviewerKey = article.ReviewerKey,
                        HasOpenComments = comments.Exists(c =>
                            c.ArticleId == id
                            && c.ThreadId is null
                            && c.ResolvedAt is null
                            && (c.DeletedAt is null || comments.Exists(r => r.ThreadId == c.Id && r.DeletedAt is null))
                        ),
                        UpdatedAt = article.UpdatedAt,
                        DueAt = article.AssignedAt is null ? null : article.DueAt,
                        ScheduledAt = article.ScheduledAt,
                        EmbargoUntil = article.EmbargoUntil,
                        WithdrawAt = article.WithdrawAt,
                        PublishedAt = article.Status is ArticleStatus.Published ? article.PublishedAt : null,
                        TrashedAt = article.TrashedAt,
                        AssignedAt = article.AssignedAt,
                        ReviewChangedAt = article.ReviewChangedAt,
                        ScheduleRefusedAt = article.ScheduleRefusedAt,
                        ScheduleRefusedTo = article.ScheduleRefusedTo,
                    }
                )
            );
            var authors = revisions
                .Where(r => r.ArticleId == id && r.Drafter.Kind is ContributorKind.Person)
                .Select(r => PersonKey.TryParse(r.Drafter.Key, out var key) ? key : (PersonKey?)null)
                .Append(article.AssigneeKey)
                .OfType<PersonKey>()
                .ToList();
            var own = takes.FindAll(t => t.ArticleId == id);
            var writers = own.Select(t => t.AssigneeKey).OfType<PersonKey>().ToList();
            var members = authors
                .Concat(writers)
                .Concat(article.ReviewerKey is { } reviewer ? [reviewer] : Array.Empty<PersonKey>());
            var open = own.SelectMany(t =>
                States(t)
                    .SelectMany(state =>
                        new[] { DeskFacetValue.Of(t.PersonaId, state), DeskFacetValue.Of((PersonaId?)null, state) }
                    )
            );
            var missing = personas.Where(p =>
                !takes.Exists(t => t.ArticleId == id && t.PersonaId == p && t.ApprovedRevisionId is not null)
            );
            Add(
                DeskFacetKind.Tag,
                head.Content.Tags.Select(tag => DeskFacetValue.Of(merged.GetValueOrDefault(tag, tag)))
            );
            Add(DeskFacetKind.Author, authors.Select(DeskFacetValue.Of));
            Add(DeskFacetKind.Member, members.Select(DeskFacetValue.Of));
            Add(DeskFacetKind.MissingTake, missing.Select(persona => DeskFacetValue.Of(persona)));
            Add(DeskFacetKind.OpenTake, open);
            Add(DeskFacetKind.TakeWriter, writers.Select(DeskFacetValue.Of));
            rows.Add(
                Document(
                    id,
                    head.Id,
                    head.Content.Headline,
                    head.Content.Summary ?? "",
                    head.Content.Body is { } json ? RichText.OfStored(json).Derive(BodyForms.PlainText).PlainText : ""
                )
            );

            void Add(DeskFacetKind kind, IEnumerable<DeskFacetValue> values) =>
                rows.AddRange(
                    values
                        .Distinct()
                        .Select(value =>
                            Text(
                                new DeskFacet
                                {
                                    ArticleId = id,
                                    Kind = kind,
                                    Value = value,
                                    IsTrashed = isTrashed,
                                    UpdatedAt = article.UpdatedAt,
                                }
                            )
                        )
                );
        }

        return rows;
    }

    private static IEnumerable<OpenTakeState> States(Take take)
    {
        if (take.Status is not TakeStatus.Approved)
        {
            yield return Enum.Parse<OpenTakeState>(take.Status.ToString());
        }

        if (take.StaleAt is not null)
        {
            yield return OpenTakeState.Stale;
        }

        if (
            take.DueAt is not null
            && take.Status is TakeStatus.Requested or TakeStatus.Drafted or TakeStatus.ChangesRequested
        )
        {
            yield return OpenTakeState.Due;
        }
    }

    private static string Text(DeskListing l) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{l.ArticleId} {l.IsTrashed} {l.Status} {l.Review} {l.CategoryId} {l.AssigneeKey} {l.ReviewerKey} {l.HasOpenComments} {l.UpdatedAt:O} due {l.DueAt:O} scheduled {l.ScheduledAt:O} embargo {l.EmbargoUntil:O} withdrawal {l.WithdrawAt:O} published {l.PublishedAt:O} trashed {l.TrashedAt:O} assigned {l.AssignedAt:O} review {l.ReviewChangedAt:O} refused {l.ScheduleRefusedAt:O} {l.ScheduleRefusedTo}"
        );

    private static string Text(DeskFacet f) =>
        string.Create(CultureInfo.InvariantCulture, $"{f.ArticleId} {f.Kind} {f.Value} {f.IsTrashed} {f.UpdatedAt:O}");

    private static string Document(
        ArticleId article,
        RevisionId revision,
        string headline,
        string summary,
        string text
    ) => $"{article} {revision} {headline} {summary} {text}";
}
