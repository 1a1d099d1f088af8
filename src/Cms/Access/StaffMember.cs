using Cms.Audit;
using Cms.Foundation;
using Cms.People;

namespace Cms.Access;

/// <summary>A person who has signed in as staff: author, editor or administrator.</summary>
public sealed class StaffMember : IAudited
{
    string IAudited.AuditSubject => Id.ToString();

    string? IAudited.AuditName => Name;

    public const int MaxName = 200;

    /// <summary>The person's id in this API. It never changes.</summary>
    public required StaffId Id { get; init; }

    /// <summary>The person's key in Entra ID.</summary>
    public required PersonKey Key { get; init; }

    /// <summary>The name that Entra ID gave at the last sign-in.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The highest role at the last sign-in.</summary>
    public Role Role { get; private set; }

    /// <summary>When they first signed in as staff.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When they last sent a request, to within an hour.</summary>
    [NotAudited]
    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>Records that the person sent a request.</summary>
    public void See(string name, Role role, DateTimeOffset now) =>
        (Name, Role, LastSeenAt) = (PlainLine.Cut(name, MaxName), role, now > LastSeenAt ? now : LastSeenAt);
}
