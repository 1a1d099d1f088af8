using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>
/// Records what a request read, so that the cache knows which changes invalidate its answer. Renting a context records
/// what will be read with it; an answer with an unrecorded read is not cached.
/// </summary>
public sealed class ReadTracker
{
    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _ids = [];
    private readonly HashSet<ChangeSubject> _subjects = [];
    private readonly List<IListRead> _lists = [];

    /// <summary>Everything that was read is known.</summary>
    public bool AreKnown { get; private set; } = true;

    /// <summary>The answer is about who asked, even where that is nobody: caches on the way must not give it to others.</summary>
    public bool ArePersonal { get; private set; }

    /// <summary>The articles, personas, tools and terms that the answer shows or knows to be absent.</summary>
    public IReadOnlySet<Guid> Ids => _ids;

    /// <summary>Kinds of things of which any change may make another answer.</summary>
    public IReadOnlySet<ChangeSubject> Subjects => _subjects;

    /// <summary>Pages of lists of articles and of takes.</summary>
    internal IReadOnlyList<IListRead> Lists => _lists;

    /// <summary>What an article is made of, the article itself being read already.</summary>
    public Recorded Parts => default;

    /// <summary>The reader records what it reads when it knows.</summary>
    public Recorded AsItGoes => default;

    /// <summary>Rows by their ids, those included that lead nowhere.</summary>
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

    /// <summary>A row by its id.</summary>
    public Recorded Row(IEntityId id)
    {
        lock (_gate)
        {
            _ids.Add(id.Value);
        }

        return default;
    }

    /// <summary>Anything of a kind.</summary>
    public Recorded Any(ChangeSubject subject)
    {
        lock (_gate)
        {
            _subjects.Add(subject);
        }

        return default;
    }

    /// <summary>That there is none by some name.</summary>
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

    /// <summary>Shows that a read was recorded.</summary>
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
    Media,
}
