namespace Cms.DevIdentity;

/// <summary>A person whom developers can sign in as.</summary>
/// <param name="Id">The value of the <c>oid</c> claim, which in Entra is the user's object id.</param>
/// <param name="May">What the role allows, in one line.</param>
public sealed record Person(string Id, string Name, string Role, string May)
{
    private const string Contact = "Partner.Contact";

    public static IReadOnlyList<Person> All { get; } =
    [
        new("5c0ffee0-0000-4000-8000-00000000e001", "Ada Marsh", "Admin", "Looks after settings and partners."),
        new("5c0ffee0-0000-4000-8000-00000000e002", "Erin Vale", "Editor", "Publishes and corrects every story."),
        new("5c0ffee0-0000-4000-8000-00000000e003", "Arlo Finch", "Author", "Writes drafts and takes of his own."),
        new("5c0ffee0-0000-4000-8000-00000000e004", "Rae Brook", "Reader", "Reads and saves bookmarks."),
        new(
            "5c0ffee0-0000-4000-8000-00000000e005",
            "Hana Lind",
            Contact,
            "Looks after the feeds of the partner Harbour Weekly."
        )
        {
            Domain = "harbour-weekly.example",
        },
        new(
            "5c0ffee0-0000-4000-8000-00000000e006",
            "Leo Wick",
            Contact,
            "Looks after the feeds of the partner Lantern Wire."
        )
        {
            Domain = "lantern-wire.example",
        },
    ];

    private string Domain { get; init; } = "newsroom.example";

    public string FirstName => Name[..Name.IndexOf(' ', StringComparison.Ordinal)];

    /// <summary>The name to sign in with, and the value of <c>login_hint</c>.</summary>
    public string UserName => $"{FirstName.ToLowerInvariant()}@{Domain}";

    /// <summary>Finds a person by user name, first name or role.</summary>
    public static Person? Find(string? name) =>
        All.FirstOrDefault(person =>
            string.Equals(person.UserName, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(person.FirstName, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(person.Role, name, StringComparison.OrdinalIgnoreCase)
        );
}
