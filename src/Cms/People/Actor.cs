namespace Cms.People;

/// <summary>Who changes something: a person with their role, a model, an import, or the server itself.</summary>
public sealed record Actor
{
    /// <summary>The import of files and wire stories.</summary>
    public static Actor Import { get; } = new() { Contributor = Contributor.Import };

    /// <summary>The server, when it does what is due.</summary>
    public static Actor Server { get; } = new() { Contributor = Contributor.Server };

    /// <summary>As revisions, editions and takes name them.</summary>
    public required Contributor Contributor { get; init; }

    /// <summary>The person in Entra ID; null for everything else.</summary>
    public PersonKey? Key { get; init; }

    /// <summary>A person's highest role; null for one without any, and for everything else.</summary>
    public Role? Role { get; init; }

    /// <summary>The person who acts.</summary>
    /// <exception cref="InvalidOperationException">No person acts: a policy should have refused.</exception>
    public PersonKey Person => Key ?? throw new InvalidOperationException("Only a person who signed in does this.");

    /// <summary>Has the role or one that includes it. Imports and the server may do everything.</summary>
    public bool Is(Role role) => Contributor.Kind is ContributorKind.Import or ContributorKind.Server || Role >= role;
}
