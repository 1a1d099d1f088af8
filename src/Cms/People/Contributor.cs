namespace Cms.People;

public enum ContributorKind
{
    Person,
    Model,
    Import,
    Server,
}

/// <summary>
/// Who wrote or changed something: a person, a model with its version, an import or the server itself.
/// </summary>
public sealed record Contributor
{
    public required ContributorKind Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>A person's <c>tid/oid</c> or a model's version; null for an import and for the server.</summary>
    public string? Key { get; init; }

    public static Contributor Person(string name, string key) =>
        new()
        {
            Kind = ContributorKind.Person,
            Name = name,
            Key = key,
        };

    public static Contributor Model(string name, string version) =>
        new()
        {
            Kind = ContributorKind.Model,
            Name = name,
            Key = version,
        };

    public static Contributor Import { get; } = new() { Kind = ContributorKind.Import, Name = "Import" };

    public static Contributor Server { get; } = new() { Kind = ContributorKind.Server, Name = "Server" };
}
