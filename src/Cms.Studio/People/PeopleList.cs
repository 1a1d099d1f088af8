using Cms.Studio.Api;

namespace Cms.Studio.People;

/// <summary>A page of the people who have signed in as staff.</summary>
public sealed record PeopleData(PeopleDesk? Desk);

/// <summary>The people.</summary>
public sealed record PeopleDesk(PeopleList? People);

/// <summary>Some people.</summary>
public sealed record PeopleList(IReadOnlyList<PersonRow> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>A member of staff.</summary>
public sealed record PersonRow(
    string Id,
    string Name,
    PersonRole Role,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    string? Key
)
{
    /// <summary>The role, in a word.</summary>
    public string RoleName =>
        Role switch
        {
            PersonRole.Admin => "Administrator",
            PersonRole.Editor => "Editor",
            PersonRole.Author => "Author",
            _ => "Reader",
        };
}

/// <summary>What somebody may do.</summary>
public enum PersonRole
{
    Admin,
    Author,
    Editor,
    Reader,
}

/// <summary>A page of the people and applications that are blocked.</summary>
public sealed record BlockedPeopleData(BlockedPeopleDesk? Desk);

/// <summary>The block list; only administrators see it.</summary>
public sealed record BlockedPeopleDesk(BlockedPeople? BlockedPeople);

/// <summary>Some of the block list.</summary>
public sealed record BlockedPeople(IReadOnlyList<BlockedRow> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>A person or an application that is blocked.</summary>
public sealed record BlockedRow(string Person, string? Name, string Reason, DateTimeOffset BlockedAt, string BlockedBy);

/// <summary>What somebody entered to block a person.</summary>
public sealed class BlockForm
{
    public string? Person { get; set; }

    public string? Name { get; set; }

    public string? Reason { get; set; }
}

/// <summary>The answer to a person who is blocked.</summary>
public sealed record PersonBlocked(Outcome BlockPerson);

/// <summary>The answer to a person who is unblocked.</summary>
public sealed record PersonUnblocked(Outcome UnblockPerson);
