using Cms.GraphQL;

namespace Cms.People;

/// <summary>What a viewer may do; each of the first four includes those before it.</summary>
public enum Role
{
    /// <summary>Keeps bookmarks.</summary>
    Reader,

    /// <summary>Writes drafts and takes of their own.</summary>
    Author,

    /// <summary>Does everything editorial.</summary>
    Editor,

    /// <summary>Looks after settings, the personas' voice, partners and the block list.</summary>
    Admin,
}

/// <summary>How a viewer came.</summary>
public enum ViewerKind
{
    /// <summary>Without signing in.</summary>
    Anonymous,

    /// <summary>A person who signed in.</summary>
    Person,

    /// <summary>A partner's application.</summary>
    Partner,
}

/// <summary>Who asks. Made at the door from a valid token, or anonymous.</summary>
public sealed record Viewer : ICaller
{
    public static Viewer Anonymous { get; } = new() { Kind = ViewerKind.Anonymous };

    /// <summary>How they came.</summary>
    public required ViewerKind Kind { get; init; }

    /// <summary>The person or the application; null when anonymous.</summary>
    public PersonKey? Key { get; init; }

    /// <summary>What they are called; null when anonymous or not told.</summary>
    public string? Name { get; init; }

    /// <summary>A person's highest role; null for one without any, for partners and when anonymous.</summary>
    public Role? Role { get; init; }

    /// <summary>A partner's application that may read what its agreement allows.</summary>
    public bool MaySyndicate { get; init; }

    [GraphQLIgnore]
    public bool IsSignedIn => Kind is not ViewerKind.Anonymous;

    /// <summary>Has the role or one that includes it.</summary>
    public bool Is(Role role) => Kind is ViewerKind.Person && Role >= role;

    /// <summary>The person as operations know who changes something.</summary>
    /// <exception cref="InvalidOperationException">No person signed in: a policy should have refused.</exception>
    public Actor ToActor() =>
        Kind is ViewerKind.Person && Key is { } key
            ? new Actor
            {
                Contributor = Contributor.Person(Name ?? key.ToString(), key.ToString()),
                Key = key,
                Role = Role,
            }
            : throw new InvalidOperationException("Only a person who signed in writes.");
}

/// <summary>The viewer of the request that is being served.</summary>
public sealed class CurrentViewer(CurrentCaller caller)
{
    public Viewer Value => (Viewer)caller.Value;
}
