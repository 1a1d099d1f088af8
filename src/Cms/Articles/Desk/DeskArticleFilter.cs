using System.Linq.Expressions;
using Cms.Access;
using Cms.Articles.Timeline;
using Cms.Data;
using Cms.Foundation;
using Cms.Panel;
using Cms.People;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>What a list of the desk is ordered by.</summary>
internal enum DeskOrder
{
    Updated,
    Due,
    Scheduled,
}

/// <summary>The position of an article in a list of the desk.</summary>
internal sealed class DeskPlace
{
    public required ArticleId ArticleId { get; init; }

    /// <summary>The time that the list is ordered by.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// A filter whose slugs and people have been resolved, for one viewer. It consists of conditions on the listing and of
/// sets of facets. A matching article meets all conditions and has at least one facet from each set.
/// </summary>
internal sealed class DeskArticleFilter
{
    // More articles than this are not counted, because a range of that size fills a page soon.
    private const int Enough = 1000;

    private readonly List<Expression<Func<DeskListing, bool>>> _conditions = [];

    // The conditions that are a range of an index, each with the time by which the index orders that range.
    private readonly List<(
        Expression<Func<DeskListing, bool>> Condition,
        Expression<Func<DeskListing, DateTimeOffset?>> Order
    )> _ranges = [];
    private readonly List<DateTimeOperationFilterInput> _bounds = [];
    private readonly List<(DeskFacetKind Kind, List<DeskFacetValue> Values)> _facets = [];
    private readonly List<(DeskFacetKind Kind, DeskFacetValue Value)> _absent = [];
    private readonly List<Func<IQueryable<Take>, IQueryable<Take>>> _takes = [];
    private bool _isTrashed;
    private bool _isEmpty;

    // What is read first: a facet or a range. If neither is chosen, the database chooses.
    private int? _firstFacet;
    private Expression<Func<DeskListing, bool>>? _firstRange;

    // The viewer whose few articles are read first; null if they are many, or if the list is in order of the last change.
    private Viewer? _fewOf;

    /// <summary>Whether nothing can match, for instance because a slug is unknown.</summary>
    public bool IsEmpty => _isEmpty || _facets.Exists(facet => facet.Values.Count == 0);

    /// <summary>Returns a filter with the viewer's access: editors see all articles, authors those they work on.</summary>
    public static async Task<DeskArticleFilter> CreateAsync(
        CmsDbContext db,
        DeskArticleFilterInput? where,
        Viewer viewer,
        NewsroomTime newsroom,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var filter = new DeskArticleFilter();
        var conditions = where?.Flatten() ?? [];
        filter.Trash(conditions);
        foreach (var condition in conditions)
        {
            filter.Plain(condition, newsroom, now);
            await filter.TermsAsync(db, condition, cancellationToken);
            await filter.PeopleAsync(db, condition, viewer, cancellationToken);
            await filter.TakeAsync(db, condition.Take, viewer, newsroom, now, cancellationToken);
        }

        if (!viewer.Is(Role.Editor) && !conditions.Exists(condition => condition.IsOfViewer))
        {
            // The facet of the viewer usually has the fewest articles, so it is the first choice.
            filter._facets.Insert(0, (DeskFacetKind.Member, viewer.Key is { } key ? [DeskFacetValue.Of(key)] : []));
        }

        filter._firstFacet = filter.FirstFacet(_ => true);
        return filter;
    }

    private int? FirstFacet(Predicate<(DeskFacetKind Kind, List<DeskFacetValue> Values)> isEligible) =>
        _facets.FindIndex(facet => facet.Values.Count == 1 && isEligible(facet)) is >= 0 and var first ? first : null;

    /// <summary>
    /// Chooses what a list in order of the last change reads first: the facet or the range with the fewest articles.
    /// Without this, a list of few articles could check every article of a large range.
    /// </summary>
    public async Task BeginWithFewestAsync(CmsDbContext db, CancellationToken cancellationToken)
    {
        if (_facets.Count(facet => facet.Values.Count == 1) + _ranges.Count < 2)
        {
            return;
        }

        var fewest = Enough;
        for (var i = 0; i < _facets.Count; i++)
        {
            if (_facets[i].Values.Count == 1 && await IsFewestAsync(OfFacet(db, i).OrderBy(f => f.UpdatedAt)))
            {
                (_firstFacet, _firstRange) = (i, null);
            }
        }

        foreach (var (range, order) in _ranges)
        {
            if (await IsFewestAsync(OfRange(db, range).OrderBy(order)))
            {
                (_firstFacet, _firstRange) = (null, range);
            }
        }

        async Task<bool> IsFewestAsync<T>(IOrderedQueryable<T> articles)
        {
            var count = await articles.Take(fewest).CountAsync(cancellationToken);
            var isFewest = count < fewest;
            fewest = count;
            return isFewest;
        }
    }

    /// <summary>Makes a list in another order begin with the articles of a viewer who has few.</summary>
    public async Task BeginWithFewAsync(CmsDbContext db, Viewer viewer, CancellationToken cancellationToken) =>
        _fewOf = await db.SeesManyAsync(viewer, cancellationToken) ? null : viewer;

    /// <summary>
    /// Returns the matching articles, unordered, each once. The caller must first check <see cref="IsEmpty" />.
    /// </summary>
    /// <param name="db">The context to query.</param>
    /// <param name="order">What the list will be ordered by.</param>
    /// <param name="found">The articles that a search found; null without a search.</param>
    /// <param name="isShort">
    /// Whether few articles of the newsroom match, so that the articles of the viewer are not read first.
    /// </param>
    public IQueryable<DeskPlace> Places(
        CmsDbContext db,
        DeskOrder order,
        IQueryable<ArticleId>? found = null,
        bool isShort = false
    )
    {
        if (found is not null)
        {
            return Found(db, order, found);
        }

        var first = isShort ? FirstFacet(facet => facet.Kind is not DeskFacetKind.Member) : _firstFacet;
        return order is not DeskOrder.Updated
                ? At(Meeting(db, _fewOf is { } viewer ? db.ListingsOf(viewer, areMany: false) : db.DeskListings), order)
            : _firstRange is not null ? FromRange(db, _firstRange)
            : first is { } facet ? FromFacet(db, facet)
            : At(Meeting(db, db.DeskListings), order);
    }

    // The articles of one facet are a range of an index in order of the last change.
    private IQueryable<DeskFacet> OfFacet(CmsDbContext db, int facet)
    {
        var (kind, value, isTrashed) = (_facets[facet].Kind, _facets[facet].Values[0], _isTrashed);
        return db.DeskFacets.Where(f => f.Kind == kind && f.Value == value && f.IsTrashed == isTrashed);
    }

    private IQueryable<DeskListing> OfRange(CmsDbContext db, Expression<Func<DeskListing, bool>> range)
    {
        var isTrashed = _isTrashed;
        return db.DeskListings.Where(l => l.IsTrashed == isTrashed).Where(range);
    }

    // EXISTS keeps the database from beginning with the other conditions.
    private IQueryable<DeskPlace> FromFacet(CmsDbContext db, int first)
    {
        var facets = OfFacet(db, first);
        if (_conditions.Count > 0)
        {
            var met = Conditioned(db.DeskListings);
            facets = facets.Where(f => met.Any(l => l.ArticleId == f.ArticleId));
        }

        foreach (var narrow in _takes)
        {
            var takes = narrow(db.Takes);
            facets = facets.Where(f => takes.Any(t => t.ArticleId == f.ArticleId));
        }

        foreach (var (kind, values) in _facets.Where((_, i) => i != first))
        {
            var having = Having(db, kind, values);
            facets = facets.Where(f => having.Any(x => x.ArticleId == f.ArticleId));
        }

        foreach (var (kind, value) in _absent)
        {
            var having = Having(db, kind, [value]);
            facets = facets.Where(f => !having.Any(x => x.ArticleId == f.ArticleId));
        }

        return Bounded(facets).Select(f => new DeskPlace { ArticleId = f.ArticleId, At = f.UpdatedAt });
    }

    private IQueryable<DeskPlace> FromRange(CmsDbContext db, Expression<Func<DeskListing, bool>> range)
    {
        var met = Meeting(db, db.DeskListings);
        return At(OfRange(db, range).Where(l => met.Any(x => x.ArticleId == l.ArticleId)), DeskOrder.Updated);
    }

    private IQueryable<DeskPlace> Found(CmsDbContext db, DeskOrder order, IQueryable<ArticleId> found)
    {
        var met = Meeting(db, db.DeskListings);
        return At(
            found
                .Join(db.DeskListings, id => id, l => l.ArticleId, (id, l) => l)
                .Where(l => met.Any(x => x.ArticleId == l.ArticleId)),
            order
        );
    }

    private IQueryable<DeskListing> Meeting(CmsDbContext db, IQueryable<DeskListing> listings)
    {
        var isTrashed = _isTrashed;
        listings = Conditioned(listings.Where(l => l.IsTrashed == isTrashed));
        foreach (var (kind, values) in _facets)
        {
            var having = Having(db, kind, values);
            listings = listings.Where(l => having.Any(f => f.ArticleId == l.ArticleId));
        }

        foreach (var narrow in _takes)
        {
            var takes = narrow(db.Takes);
            listings = listings.Where(l => takes.Any(t => t.ArticleId == l.ArticleId));
        }

        foreach (var (kind, value) in _absent)
        {
            var having = Having(db, kind, [value]);
            listings = listings.Where(l => !having.Any(f => f.ArticleId == l.ArticleId));
        }

        return listings;
    }

    private IQueryable<DeskListing> Conditioned(IQueryable<DeskListing> listings) =>
        _conditions.Aggregate(listings, (rows, met) => rows.Where(met));

    private static IQueryable<DeskFacet> Having(CmsDbContext db, DeskFacetKind kind, List<DeskFacetValue> values)
    {
        var facets = db.DeskFacets.Where(f => f.Kind == kind);
        return values is [var value]
            ? facets.Where(f => f.Value == value)
            : facets.Where(f => values.Contains(f.Value));
    }

    private static IQueryable<DeskPlace> At(IQueryable<DeskListing> listings, DeskOrder order) =>
        order switch
        {
            DeskOrder.Due => listings
                .Where(l => l.DueAt != null)
                .Select(l => new DeskPlace { ArticleId = l.ArticleId, At = l.DueAt!.Value }),
            DeskOrder.Scheduled => listings
                .Where(l => l.ScheduledAt != null)
                .Select(l => new DeskPlace { ArticleId = l.ArticleId, At = l.ScheduledAt!.Value }),
            _ => listings.Select(l => new DeskPlace { ArticleId = l.ArticleId, At = l.UpdatedAt }),
        };

    // The bounds are among the conditions on the listing. Here they shorten the range that is read.
    private IQueryable<DeskFacet> Bounded(IQueryable<DeskFacet> facets) =>
        _bounds.Aggregate(
            facets,
            (rows, bounds) =>
            {
                rows = bounds.Gt is { } after ? rows.Where(f => f.UpdatedAt > after) : rows;
                rows = bounds.Gte is { } start ? rows.Where(f => f.UpdatedAt >= start) : rows;
                rows = bounds.Lt is { } before ? rows.Where(f => f.UpdatedAt < before) : rows;
                return bounds.Lte is { } end ? rows.Where(f => f.UpdatedAt <= end) : rows;
            }
        );

    private void Trash(List<DeskArticleFilterInput> conditions)
    {
        var asked = conditions.Select(c => c.IsTrashed).OfType<bool>().Distinct().ToList();
        _isTrashed = asked is [true, ..];
        _isEmpty |= asked.Count > 1;
    }

    private void AddRange(
        Expression<Func<DeskListing, bool>> condition,
        Expression<Func<DeskListing, DateTimeOffset?>>? order = null
    )
    {
        _conditions.Add(condition);
        _ranges.Add((condition, order ?? (l => l.UpdatedAt)));
    }

    private void Plain(DeskArticleFilterInput where, NewsroomTime newsroom, DateTimeOffset now)
    {
        if (where.Status?.Eq is { } status)
        {
            AddRange(l => l.Status == status);
        }

        if (where.Status?.In is { } statuses)
        {
            _conditions.Add(l => statuses.Contains(l.Status));
        }

        if (where.Review?.Eq is { } review)
        {
            AddRange(l => l.Review == review);
        }

        if (where.Review?.In is { } reviews)
        {
            _conditions.Add(l => reviews.Contains(l.Review));
        }

        if (where.Due is { } due)
        {
            var (from, to) = newsroom.Bounds(due, now);
            AddRange(l => l.DueAt >= from && l.DueAt < to, l => l.DueAt);
        }

        if (where.HasOpenComments is { } open)
        {
            AddRange(l => l.HasOpenComments == open);
        }

        if (where.IsScheduled is true)
        {
            AddRange(l => l.ScheduledAt != null, l => l.ScheduledAt);
        }

        if (where.IsScheduled is false)
        {
            _conditions.Add(l => l.ScheduledAt == null);
        }

        if (where.IsEmbargoed is true)
        {
            AddRange(l => l.EmbargoUntil > now, l => l.EmbargoUntil);
        }

        if (where.IsEmbargoed is false)
        {
            _conditions.Add(l => l.EmbargoUntil == null || l.EmbargoUntil <= now);
        }

        if (where.UpdatedAt is { } bounds)
        {
            _bounds.Add(bounds);
            Bound(bounds.Gt, at => l => l.UpdatedAt > at);
            Bound(bounds.Gte, at => l => l.UpdatedAt >= at);
            Bound(bounds.Lt, at => l => l.UpdatedAt < at);
            Bound(bounds.Lte, at => l => l.UpdatedAt <= at);
        }

        void Bound(DateTimeOffset? bound, Func<DateTimeOffset, Expression<Func<DeskListing, bool>>> condition)
        {
            if (bound is { } at)
            {
                _conditions.Add(condition(at));
            }
        }
    }

    private async Task TermsAsync(CmsDbContext db, DeskArticleFilterInput where, CancellationToken cancellationToken)
    {
        if (where.Category?.Slug?.Slugs("where.category.slug") is { } categories)
        {
            var found = await db
                .Categories.Where(c => categories.Contains(c.Slug))
                .Select(c => c.MergedInto ?? c.Id)
                .Distinct()
                .ToListAsync(cancellationToken);
            if (found is [var category])
            {
                AddRange(l => l.CategoryId == category);
            }
            else
            {
                _isEmpty |= found.Count == 0;
                _conditions.Add(l => l.CategoryId != null && found.Contains(l.CategoryId.Value));
            }
        }

        if (where.Tags?.Some?.Slug?.Slugs("where.tags.some.slug") is { } tags)
        {
            var found = await db
                .Tags.Where(t => tags.Contains(t.Slug))
                .Select(t => t.MergedInto ?? t.Id)
                .Distinct()
                .ToListAsync(cancellationToken);
            _facets.Add((DeskFacetKind.Tag, [.. found.Select(tag => DeskFacetValue.Of(tag))]));
        }

        if (where.MissingTakeOf?.Slug?.Slugs("where.missingTakeOf.slug") is { } personas)
        {
            // Nothing is missing from a persona that no longer writes.
            var found = await db
                .Personas.Where(p => personas.Contains(p.Slug) && p.IsActive)
                .Select(p => p.Id)
                .ToListAsync(cancellationToken);
            _facets.Add((DeskFacetKind.MissingTake, [.. found.Select(persona => DeskFacetValue.Of(persona))]));
        }
    }

    private async Task PeopleAsync(
        CmsDbContext db,
        DeskArticleFilterInput where,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        if (where.Author?.Id is { } author)
        {
            List<DeskFacetValue> values = await KeyOfAsync(db, author, cancellationToken) is { } key
                ? [DeskFacetValue.Of(key)]
                : [];
            _facets.Add((DeskFacetKind.Author, values));
        }

        if (where.Author?.IsMe is { } isMine && viewer.Key is { } me)
        {
            if (isMine)
            {
                _facets.Add((DeskFacetKind.Author, [DeskFacetValue.Of(me)]));
            }
            else
            {
                _absent.Add((DeskFacetKind.Author, DeskFacetValue.Of(me)));
            }
        }

        await PersonAsync(where.Assignee, l => l.AssigneeKey);
        await PersonAsync(where.Reviewer, l => l.ReviewerKey);

        async Task PersonAsync(DeskPersonFilterInput? asked, Expression<Func<DeskListing, PersonKey?>> person)
        {
            if (asked?.Id is { } id)
            {
                var key = await KeyOfAsync(db, id, cancellationToken);
                _isEmpty |= key is null;
                AddRange(Condition(person, one => one == key));
            }

            var self = viewer.Key;
            if (asked?.IsMe is true)
            {
                AddRange(Condition(person, one => one == self));
            }

            if (asked?.IsMe is false)
            {
                _conditions.Add(Condition(person, one => one != self));
            }

            if (asked?.IsNone is { } isNone)
            {
                _conditions.Add(isNone ? Condition(person, one => one == null) : Condition(person, one => one != null));
            }
        }
    }

    // A facet is a range of an index in order of the last change, so it is read first. A facet of one state tells
    // everything about a take if nothing else is asked about the same take.
    private async Task TakeAsync(
        CmsDbContext db,
        DeskTakeFilterInput? where,
        Viewer viewer,
        NewsroomTime newsroom,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (where is null)
        {
            return;
        }

        List<Func<IQueryable<Take>, IQueryable<Take>>> narrowing = [];
        List<PersonaId?> personas = [null];
        if (where.Persona?.Slug?.Slugs("where.take.persona.slug") is { } slugs)
        {
            var found = await db
                .Personas.Where(p => slugs.Contains(p.Slug))
                .Select(p => p.Id)
                .ToListAsync(cancellationToken);
            _isEmpty |= found.Count == 0;
            personas = found.ConvertAll(id => (PersonaId?)id);
            narrowing.Add(takes => takes.Where(t => found.Contains(t.PersonaId)));
        }

        var statuses = where.Status?.Eq is { } only ? (List<TakeStatus>)[only] : where.Status?.In;
        if (where.Status is { Eq: { } eq, In: { } one } && !one.Contains(eq))
        {
            _isEmpty = true;
        }

        List<OpenTakeState> states = [];
        if (statuses is not null)
        {
            _isEmpty |= statuses.Count == 0;
            narrowing.Add(takes => takes.Where(t => statuses.Contains(t.Status)));
            var open = statuses.ConvertAll(DeskTakeState.StateOf);
            if (open.TrueForAll(state => state is not null))
            {
                states.AddRange(open.Select(state => state!.Value));
            }
        }

        if (where.IsStale is { } isStale)
        {
            narrowing.Add(isStale ? t => t.Where(x => x.StaleAt != null) : t => t.Where(x => x.StaleAt == null));
            if (isStale && states.Count == 0)
            {
                states.Add(OpenTakeState.Stale);
            }
        }

        if (where.Due is { } due)
        {
            var (from, to) = newsroom.Bounds(due, now);
            narrowing.Add(takes => takes.Where(t => t.DueAt >= from && t.DueAt < to).Unsubmitted());
            if (states.Count == 0)
            {
                states.Add(OpenTakeState.Due);
            }
        }

        if (states.Count > 0 && personas.Count > 0)
        {
            _facets.Add(
                (
                    DeskFacetKind.OpenTake,
                    [.. personas.SelectMany(persona => states.Select(state => DeskFacetValue.Of(persona, state)))]
                )
            );
        }

        var isExact =
            states.Count > 0
            && where is { Due: null, Assignee: null }
            && where is { Status: null, IsStale: true } or { IsStale: null };
        await WriterAsync(db, where.Assignee, viewer, narrowing, cancellationToken);
        if (!isExact && narrowing.Count > 0)
        {
            _takes.Add(takes => narrowing.Aggregate(takes, (rows, narrow) => narrow(rows)));
        }
    }

    private async Task WriterAsync(
        CmsDbContext db,
        DeskPersonFilterInput? asked,
        Viewer viewer,
        List<Func<IQueryable<Take>, IQueryable<Take>>> narrowing,
        CancellationToken cancellationToken
    )
    {
        if (asked?.Id is { } id)
        {
            Is(await KeyOfAsync(db, id, cancellationToken));
        }

        if (asked?.IsMe is true)
        {
            Is(viewer.Key);
        }

        if (asked?.IsMe is false)
        {
            var self = viewer.Key;
            narrowing.Add(takes => takes.Where(t => t.AssigneeKey != self));
        }

        if (asked?.IsNone is { } isNone)
        {
            narrowing.Add(
                isNone
                    ? takes => takes.Where(t => t.AssigneeKey == null)
                    : takes => takes.Where(t => t.AssigneeKey != null)
            );
        }

        void Is(PersonKey? key)
        {
            _facets.Add((DeskFacetKind.TakeWriter, key is { } person ? [DeskFacetValue.Of(person)] : []));
            narrowing.Add(takes => takes.Where(t => t.AssigneeKey == key));
        }
    }

    private static async Task<PersonKey?> KeyOfAsync(
        CmsDbContext db,
        StaffId id,
        CancellationToken cancellationToken
    ) => await db.Staff.Where(s => s.Id == id).Select(s => (PersonKey?)s.Key).SingleOrDefaultAsync(cancellationToken);

    // listing => meets(listing.Person)
    private static Expression<Func<DeskListing, bool>> Condition(
        Expression<Func<DeskListing, PersonKey?>> person,
        Expression<Func<PersonKey?, bool>> meets
    ) =>
        Expression.Lambda<Func<DeskListing, bool>>(
            new Substitution(meets.Parameters[0], person.Body).Visit(meets.Body),
            person.Parameters
        );
}
