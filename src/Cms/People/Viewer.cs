using Cms.Articles;
using Cms.Articles.Preview;
using Cms.GraphQL;
using Cms.Partners;

namespace Cms.People;

/// <summary>
/// A person's role, from lowest to highest: READER, AUTHOR, EDITOR, ADMIN. Each role includes all lower roles.
/// </summary>
public enum Role
{
    /// <summary>Can save bookmarks.</summary>
    Reader,

    /// <summary>Can write drafts and takes.</summary>
    Author,

    /// <summary>Can do all editorial work.</summary>
    Editor,

    /// <summary>Can manage personas and the block list, and delete articles for good.</summary>
    Admin,
}

/// <summary>How a viewer is signed in.</summary>
public enum ViewerKind
{
    /// <summary>Not signed in. `kind` never has this value, because `viewer` is null for anonymous requests.</summary>
    Anonymous,

    /// <summary>A signed-in person.</summary>
    Person,

    /// <summary>A partner's application.</summary>
    Partner,
}

/// <summary>Which state of the articles a request shows. It is fixed when the request or the connection begins.</summary>
public enum Perspective
{
    /// <summary>What readers see.</summary>
    Published,

    /// <summary>For staff: the newest revisions of the articles on their desk, where an article is read by itself.</summary>
    Draft,
}

/// <summary>What the token of a preview link opens.</summary>
/// <param name="Link">The link, which can be revoked or expire while a connection is open.</param>
/// <param name="Article">The only article whose newest revision it shows.</param>
public sealed record PreviewGrant(PreviewLinkId Link, ArticleId Article);

/// <summary>What a contact of a partner can do.</summary>
/// <param name="Partner">The partner for which the contact acts.</param>
/// <param name="MayChange">Whether the contact can change the partner's keys and webhooks: not while it is suspended.</param>
public sealed record ContactRights(PartnerId Partner, bool MayChange);

/// <summary>The caller: a signed-in person, a partner's application, or an anonymous caller.</summary>
public sealed record Viewer : ICaller
{
    public static Viewer Anonymous { get; } = new() { Kind = ViewerKind.Anonymous };

    /// <summary>How the viewer is signed in.</summary>
    public required ViewerKind Kind { get; init; }

    /// <summary>The key of the person or the application; null if anonymous or if there is a feed key.</summary>
    public PersonKey? Key { get; init; }

    /// <summary>What identifies the person, the application, the feed key or the partner; null if anonymous.</summary>
    [GraphQLIgnore]
    public string? Subject => FeedKey?.ToString() ?? Partner?.ToString() ?? Key?.ToString();

    /// <summary>The viewer's name; null if unknown.</summary>
    public string? Name { get; init; }

    /// <summary>The highest role; null for a person without a role, a partner or an anonymous viewer.</summary>
    public Role? Role { get; init; }

    /// <summary>
    /// Whether the person has the role Partner.Contact and is not staff. Such a person has the rights of a reader, and
    /// those of <see cref="Contact" />.
    /// </summary>
    [GraphQLIgnore]
    public bool IsContact { get; init; }

    /// <summary>
    /// For which partner a contact acts, from when the operation begins; null for everybody else, and for contacts whom
    /// no partner has.
    /// </summary>
    [GraphQLIgnore]
    public ContactRights? Contact { get; init; }

    /// <summary>Whether this is a partner's application that has the permission Syndication.Read.</summary>
    public bool MaySyndicate { get; init; }

    /// <summary>The feed key of the request; null if it has none.</summary>
    [GraphQLIgnore]
    public FeedKeyId? FeedKey { get; init; }

    /// <summary>
    /// The partner on whose behalf the server itself executes an operation, for its webhooks; null for requests.
    /// </summary>
    [GraphQLIgnore]
    public PartnerId? Partner { get; init; }

    /// <summary>
    /// What the partner receives, from when the operation begins, for its applications and its contacts; null for
    /// everybody else, and for applications that belong to no partner, who see what readers see.
    /// </summary>
    [GraphQLIgnore]
    public Entitlement? Entitlement { get; init; }

    /// <summary>
    /// The partner for which the caller acts, as one of its programs or as a contact; null for everybody else. A contact
    /// acts for its partner also while the partner receives nothing.
    /// </summary>
    [GraphQLIgnore]
    public PartnerId? ActsFor => Contact?.Partner ?? Entitlement?.Partner;

    /// <summary>
    /// The request of a partner that is counted and limited; null for everybody else, and for what the server itself
    /// executes for a partner.
    /// </summary>
    [GraphQLIgnore]
    public PartnerTurn? Turn { get; init; }

    /// <summary>Which state of the articles the request shows.</summary>
    public Perspective Perspective { get; init; }

    /// <summary>What the preview token of the request opens; null if it has none.</summary>
    public PreviewGrant? Preview { get; init; }

    /// <summary>Whether the viewer sees every article as readers do.</summary>
    [GraphQLIgnore]
    public bool SeesOnlyPublished => Perspective is Perspective.Published && Preview is null;

    /// <summary>Whether everybody gets the same answers, so that they can be cached.</summary>
    [GraphQLIgnore]
    public bool IsPublic => Kind is ViewerKind.Anonymous && SeesOnlyPublished;

    [GraphQLIgnore]
    public bool IsSignedIn => Kind is not ViewerKind.Anonymous;

    /// <summary>Returns whether the viewer is a person with this role or one that includes it.</summary>
    public bool Is(Role role) => Kind is ViewerKind.Person && Role >= role;

    /// <summary>Returns the person as the actor of a change.</summary>
    /// <exception cref="InvalidOperationException">
    /// The viewer is not a signed-in person. A policy should have rejected the request.
    /// </exception>
    public Actor ToActor() =>
        Kind is ViewerKind.Person && Key is { } key
            ? new Actor
            {
                Contributor = Contributor.Person(Name ?? key.ToString(), key.ToString()),
                Key = key,
                Role = Role,
                ContactOf = Contact?.Partner,
            }
            : throw new InvalidOperationException("Only a signed-in person can do this.");
}

/// <summary>The viewer of the current request.</summary>
public sealed class CurrentViewer(CurrentCaller caller)
{
    public Viewer Value => (Viewer)caller.Value;

    /// <summary>Whether a partner's agreement limits what the request reads.</summary>
    internal bool IsPartner => Value.Entitlement is not null;
}
