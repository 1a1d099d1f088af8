using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>
/// Records what a request read, so that the cache knows which changes invalidate its answer. Code that rents a context
/// must record what it reads. An answer with an unrecorded read is not cached.
/// </summary>
public sealed class ReadTracker
{
    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _ids = [];
    private readonly HashSet<ChangeSubject> _subjects = [];
    private readonly List<IListRead> _lists = [];

    /// <summary>Whether everything that was read is recorded.</summary>
    public bool AreKnown { get; private set; } = true;

    /// <summary>
    /// Whether the answer depends on the viewer, even an anonymous viewer. Shared caches must not serve it to others.
    /// </summary>
    public bool ArePersonal { get; private set; }

    /// <summary>
    /// The ids of the articles, personas, tools and terms that were read, including ids without a row.
    /// </summary>
    public IReadOnlySet<Guid> Ids => _ids;

    /// <summary>The subjects for which any change invalidates the answer.</summary>
    public IReadOnlySet<ChangeSubject> Subjects => _subjects;

    /// <summary>The pages of lists of articles and takes that the answer shows.</summary>
    internal IReadOnlyList<IListRead> Lists => _lists;

    /// <summary>The proof for a read of the parts of an article that is already recorded.</summary>
    public Recorded Parts => default;

    /// <summary>The proof for code that records its reads later, when it knows what it has read.</summary>
    public Recorded AsItGoes => default;

    /// <summary>Records rows by id, including ids without a row.</summary>
    public Recorded Rows<TId>(IEnumerable<TId> ids)
        where TId : struct
    {
        lock (_gate)
        {
            foreach (var id in ids)
            {
                _ids.Add(((IEntityId)id).Value);
            }
        }

        return default;
    }

    /// <summary>Records a row by id.</summary>
    public Recorded Row(IEntityId id)
    {
        lock (_gate)
        {
            _ids.Add(id.Value);
        }

        return default;
    }

    /// <summary>Records the terms, tools and personas by which lists were filtered.</summary>
    public Recorded Facets(IEnumerable<FacetId> facets)
    {
        lock (_gate)
        {
            foreach (var facet in facets)
            {
                _ids.Add(facet.Value);
            }
        }

        return default;
    }

    /// <summary>Records that any change of a subject invalidates the answer.</summary>
    public Recorded Any(ChangeSubject subject)
    {
        lock (_gate)
        {
            _subjects.Add(subject);
        }

        return default;
    }

    /// <summary>
    /// Records that any change of a subject invalidates the answer. Without a subject, the answer is not cached.
    /// </summary>
    internal Recorded AnyOrUnknown(ChangeSubject? subject)
    {
        if (subject is { } known)
        {
            return Any(known);
        }

        Unknown();
        return default;
    }

    /// <summary>Records that a query found no row.</summary>
    public Recorded None(ChangeSubject subject) =>
        subject is ChangeSubject.Article ? List(AbsentArticle.Instance) : Any(subject);

    internal Recorded List(IListRead list)
    {
        lock (_gate)
        {
            _lists.Add(list);
        }

        return default;
    }

    internal void Unknown() => AreKnown = false;

    internal void Personal() => ArePersonal = true;

    /// <summary>Proves that a read was recorded.</summary>
    public readonly record struct Recorded;
}

/// <summary>What a change can be about.</summary>
public enum ChangeSubject
{
    Article,
    Persona,
    Tool,
    Category,
    Tag,
    Source,
    Author,
    Media,
    Redirect,
    Front,
}
