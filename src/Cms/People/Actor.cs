using Cms.Partners;

namespace Cms.People;

/// <summary>Who makes a change: a person with a role, a model, an import or the server itself.</summary>
public sealed record Actor
{
    /// <summary>The import of files and wire stories.</summary>
    public static Actor Import { get; } = new() { Contributor = Contributor.Import };

    /// <summary>Returns the import of files and wire stories that a person runs.</summary>
    public static Actor ImportOf(Actor person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Import with { Key = person.Key, Name = person.Contributor.Name };
    }

    /// <summary>The server, for scheduled and automatic changes.</summary>
    public static Actor Server { get; } = new() { Contributor = Contributor.Server };

    /// <summary>The contributor to record for each change.</summary>
    public required Contributor Contributor { get; init; }

    /// <summary>The name of the person who runs an import; null for the name of the contributor.</summary>
    public string? Name { get; init; }

    /// <summary>The key in Entra ID of the person, or of the person who runs an import; null if there is none.</summary>
    public PersonKey? Key { get; init; }

    /// <summary>The person's highest role; null if they have none or the actor is not a person.</summary>
    public Role? Role { get; init; }

    /// <summary>The partner for which the person acts; null for everybody who is not a contact.</summary>
    public PartnerId? ContactOf { get; init; }

    /// <summary>
    /// The operation to name in the audit log; null for the mutation that the actor has sent. The server and the import
    /// send no mutations.
    /// </summary>
    public string? Operation { get; init; }

    /// <summary>Returns the actor with an operation to name in the audit log.</summary>
    public Actor For(string operation) => this with { Operation = operation };

    /// <summary>The key of the acting person.</summary>
    /// <exception cref="InvalidOperationException">
    /// The actor is not a person. A policy should have rejected the request.
    /// </exception>
    public PersonKey Person => Key ?? throw new InvalidOperationException("Only a signed-in person can do this.");

    /// <summary>
    /// Returns whether the actor has this role or one that includes it. Imports and the server can do everything.
    /// </summary>
    public bool Is(Role role) => Contributor.Kind is ContributorKind.Import or ContributorKind.Server || Role >= role;

    /// <summary>
    /// Returns whether the actor manages the keys and webhooks of a partner: admins manage all of them, and a contact
    /// those of its own partner.
    /// </summary>
    /// <param name="partner">The partner; null for the newsroom.</param>
    public bool Manages(PartnerId? partner) => Is(People.Role.Admin) || (partner is not null && partner == ContactOf);
}
