using System.Globalization;
using Cms.Articles;
using Cms.Audit;
using Cms.Authors;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;

namespace Cms.Taxonomy;

/// <summary>The kinds of terms. Each kind has its own slugs.</summary>
public enum TermKind
{
    Category,
    Tag,
    Source,
    Author,
}

/// <summary>The fields of a term that an editor sets. Each kind of term has some of them.</summary>
public sealed record TermFields
{
    public required string Name { get; init; }

    /// <summary>The position of a category among the categories.</summary>
    public int Order { get; init; }

    /// <summary>The colour of a category, such as <c>#0a7d55</c>.</summary>
    public string? Colour { get; init; }

    /// <summary>The home page of a source.</summary>
    public string? Homepage { get; init; }

    /// <summary>The biography of an author, as plain text.</summary>
    public string? Bio { get; init; }

    /// <summary>The picture of an author.</summary>
    public MediaId? Avatar { get; init; }

    /// <summary>The links of an author.</summary>
    public IReadOnlyList<AuthorLink> Links { get; init; } = [];

    internal List<UserError> Refusals()
    {
        List<UserError> refusals = [];
        if (string.IsNullOrWhiteSpace(Name))
        {
            refusals.Add(new TermNameRequired { Path = ["name"] });
        }

        if (Name?.Length > Names.MaxLength)
        {
            refusals.Add(new TextTooLong("name", Names.MaxLength) { Path = ["name"] });
        }

        if (Colour is not null && !Foundation.Colour.IsWellFormed(Colour))
        {
            refusals.Add(new ColourMalformed(Colour) { Path = ["colour"] });
        }

        if (Homepage is not null && !WebAddress.IsWellFormed(Homepage))
        {
            refusals.Add(new UrlMalformed("homepage") { Path = ["homepage"] });
        }

        if (Bio?.Length > Author.MaxBio)
        {
            refusals.Add(new TextTooLong("bio", Author.MaxBio) { Path = ["bio"] });
        }

        if (Links.Count > Author.MaxLinks)
        {
            refusals.Add(new TooManyLinks(Author.MaxLinks) { Path = ["links"] });
        }

        refusals.AddRange(Links.SelectMany(RefusalsOf));
        return refusals;
    }

    private static IEnumerable<UserError> RefusalsOf(AuthorLink link, int index)
    {
        var at = index.ToString(CultureInfo.InvariantCulture);
        if (string.IsNullOrWhiteSpace(link.Label))
        {
            yield return new LinkLabelRequired { Path = ["links", at, "label"] };
        }

        if (link.Label.Length > Names.MaxLength)
        {
            yield return new TextTooLong("the label of each link", Names.MaxLength) { Path = ["links", at, "label"] };
        }

        if (!WebAddress.IsWellFormed(link.Url) || !link.Url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            yield return new LinkUrlMalformed { Path = ["links", at, "url"] };
        }
    }
}

/// <summary>What the operations on terms need to know about a kind of term.</summary>
public interface ITerm<T, TId>
    where TId : struct, IEntityId<TId>
{
    static abstract TermKind Kind { get; }

    /// <summary>Creates a term. Its other fields are set afterwards.</summary>
    static abstract T Create(TId id, string slug, string name);

    static abstract UserError NotFound(TId id);

    static abstract UserError InUse(TId id, Cms.References.Usages usages);
}

/// <summary>
/// A category, tag, source or author. A term that was merged stays as an alias: revisions and clients that have its id find the
/// term that it became. A term that was deleted stays hidden, so that earlier revisions and editions still show its
/// name. Readers see neither, because both lose <see cref="FirstPublishedAt" />.
/// </summary>
public abstract class Term<TId> : ISlugged, IPublishedByEdition, IAudited
    where TId : struct, IEntityId<TId>
{
    string IAudited.AuditSubject => AuditSubject;

    string? IAudited.AuditName => AuditName;

    /// <inheritdoc cref="IAudited.AuditSubject" />
    protected string AuditSubject => Id.Format();

    /// <inheritdoc cref="IAudited.AuditName" />
    protected string? AuditName => Name;

    private string _slug = "";
    private string _name = "";
    private DateTimeOffset? _firstPublishedAt;
    private TId? _mergedInto;

    /// <summary>The id. It never changes.</summary>
    public required TId Id { get; init; }

    /// <summary>The slug in the URL of the page.</summary>
    public required string Slug
    {
        get => _slug;
        init => _slug = value;
    }

    /// <summary>The name.</summary>
    public required string Name
    {
        get => _name;
        init => _name = value;
    }

    /// <summary>When the first edition that shows the term was published; null if it is not yet public.</summary>
    public DateTimeOffset? FirstPublishedAt
    {
        get => _firstPublishedAt;
        init => _firstPublishedAt = value;
    }

    /// <summary>
    /// The term that this one became; null if it was not merged. That term was not itself merged: when it is, the
    /// aliases follow it.
    /// </summary>
    public TId? MergedInto
    {
        get => _mergedInto;
        init => _mergedInto = value;
    }

    /// <summary>When the term was deleted; null if it was not.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>When the term was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who last changed the term.</summary>
    public string UpdatedBy { get; private set; } = "";

    /// <summary>Increases with every change. Pass it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>Returns a conflict if the caller started from an older version; null otherwise.</summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        VersionConflict.Of(expectedVersion, Version, UpdatedBy, UpdatedAt);

    /// <summary>Returns the fields that an editor sets.</summary>
    internal abstract TermFields ToFields();

    /// <summary>Changes the fields. Returns whether that changed anything, or what is wrong with them.</summary>
    public Result<bool> Edit(TermFields fields, Contributor by, DateTimeOffset now)
    {
        if (fields.Refusals() is [_, ..] refusals)
        {
            return refusals;
        }

        var before = ToFields();
        _name = fields.Name.Trim();
        Take(fields);
        if (ToFields() == before)
        {
            return false;
        }

        Touch(by, now);
        return true;
    }

    public void Rename(string slug, Contributor by, DateTimeOffset now)
    {
        _slug = slug;
        Touch(by, now);
    }

    /// <summary>Makes this term an alias of another, which is public afterwards if either was.</summary>
    public void MergeInto(Term<TId> target, Contributor by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(target);
        target._firstPublishedAt ??= _firstPublishedAt;
        target.Touch(by, now);
        (_mergedInto, _firstPublishedAt) = (target.Id, null);
        Leave();
        Touch(by, now);
    }

    public void Delete(Contributor by, DateTimeOffset now)
    {
        (DeletedAt, _firstPublishedAt) = (now, null);
        Leave();
        Touch(by, now);
    }

    /// <summary>Brings a deleted term back. It becomes public again with the next edition that shows it.</summary>
    public void Revive(Contributor by, DateTimeOffset now)
    {
        DeletedAt = null;
        Touch(by, now);
    }

    /// <summary>Records who changes the term, and when.</summary>
    internal void Touch(Contributor by, DateTimeOffset now) => (UpdatedBy, UpdatedAt) = (by.Name, now);

    /// <summary>Sets the fields that only this kind of term has.</summary>
    private protected abstract void Take(TermFields fields);

    /// <summary>Empties the fields that a merged or deleted term must not keep.</summary>
    private protected virtual void Leave() { }
}
