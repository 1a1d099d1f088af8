using Cms.GraphQL;
using Cms.Media;
using Cms.References;
using Cms.Routes;
using Cms.Taxonomy;

namespace Cms.Authors;

/// <summary>A link in the profile of an author.</summary>
/// <param name="Label">The text of the link.</param>
/// <param name="Url">The URL, which begins with https://.</param>
public sealed record AuthorLink(string Label, [property: Url] string Url);

/// <summary>The public profile of a person who writes articles. An article can have several authors.</summary>
public sealed class Author : Term<AuthorId>, ITerm<Author, AuthorId>, IPageContent
{
    public const int MaxBio = 2000;
    public const int MaxLinks = 10;

    private string? _bio;
    private MediaId? _avatarId;
    private IReadOnlyList<AuthorLink> _links = [];

    /// <summary>A biography as plain text; null if there is none.</summary>
    public string? Bio
    {
        get => _bio;
        init => _bio = value;
    }

    public MediaId? AvatarId
    {
        get => _avatarId;
        init => _avatarId = value;
    }

    /// <summary>The author's pages on other sites, in the order in which to show them.</summary>
    public IReadOnlyList<AuthorLink> Links
    {
        get => _links;
        init => _links = value;
    }

    static TermKind ITerm<Author, AuthorId>.Kind => TermKind.Author;

    static Author ITerm<Author, AuthorId>.Create(AuthorId id, string slug, string name) =>
        new()
        {
            Id = id,
            Slug = slug,
            Name = name,
        };

    static UserError ITerm<Author, AuthorId>.NotFound(AuthorId id) => new AuthorNotFound(id);

    static UserError ITerm<Author, AuthorId>.InUse(AuthorId id, Usages usages) =>
        new AuthorInUse(id, usages.Counts, usages.Users);

    internal override TermFields ToFields() =>
        new()
        {
            Name = Name,
            Bio = Bio,
            Avatar = AvatarId,
            Links = Links,
        };

    // An equal list keeps its reference, so that equal fields are equal records.
    private protected override void Take(TermFields fields) =>
        (_bio, _avatarId, _links) = (
            fields.Bio,
            fields.Avatar,
            fields.Links.SequenceEqual(_links) ? _links : [.. fields.Links]
        );

    private protected override void Leave() => _avatarId = null;
}
