using Cms.GraphQL;

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

/// <summary>The caller: a signed-in person, a partner's application, or an anonymous caller.</summary>
public sealed record Viewer : ICaller
{
    public static Viewer Anonymous { get; } = new() { Kind = ViewerKind.Anonymous };

    /// <summary>How the viewer is signed in.</summary>
    public required ViewerKind Kind { get; init; }

    /// <summary>The key of the person or the application; null if anonymous.</summary>
    public PersonKey? Key { get; init; }

    /// <summary>The viewer's name; null if unknown.</summary>
    public string? Name { get; init; }

    /// <summary>The highest role; null for a person without a role, a partner or an anonymous viewer.</summary>
    public Role? Role { get; init; }

    /// <summary>Whether this is a partner's application that has the permission Syndication.Read.</summary>
    public bool MaySyndicate { get; init; }

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
            }
            : throw new InvalidOperationException("Only a signed-in person can do this.");
}

/// <summary>The viewer of the current request.</summary>
public sealed class CurrentViewer(CurrentCaller caller)
{
    public Viewer Value => (Viewer)caller.Value;
}
