namespace Cms.DevIdentity;

/// <summary>Somebody to be while developing.</summary>
/// <param name="Id">Entra's object id.</param>
/// <param name="May">What the role lets them do, in one line.</param>
public sealed record Person(string Id, string Name, string Role, string May)
{
    public static IReadOnlyList<Person> All { get; } =
    [
        new("5c0ffee0-0000-4000-8000-00000000e001", "Ada Marsh", "Admin", "Looks after settings and partners."),
        new("5c0ffee0-0000-4000-8000-00000000e002", "Erin Vale", "Editor", "Publishes and corrects every story."),
        new("5c0ffee0-0000-4000-8000-00000000e003", "Arlo Finch", "Author", "Writes drafts and takes of his own."),
        new("5c0ffee0-0000-4000-8000-00000000e004", "Rae Brook", "Reader", "Reads and keeps bookmarks."),
    ];

    public string FirstName => Name[..Name.IndexOf(' ', StringComparison.Ordinal)];

    /// <summary>What they would type to sign in; the value of <c>login_hint</c>.</summary>
    public string UserName => $"{FirstName.ToLowerInvariant()}@newsroom.example";

    /// <summary>Whoever is called so, by user name, first name or role.</summary>
    public static Person? Find(string? name) =>
        All.FirstOrDefault(person =>
            string.Equals(person.UserName, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(person.FirstName, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(person.Role, name, StringComparison.OrdinalIgnoreCase)
        );
}
