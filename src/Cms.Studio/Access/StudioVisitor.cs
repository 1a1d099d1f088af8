namespace Cms.Studio.Access;

/// <summary>Somebody who is signed in.</summary>
/// <param name="Name">The name to show; empty if it is unknown.</param>
/// <param name="Role">What they may do.</param>
public sealed record StudioVisitor(string Name, StudioRole Role)
{
    /// <summary>The key of the person, as the API tells it; empty if it is unknown.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Whether they act for a partner. Staff never do.</summary>
    public bool IsContact { get; init; }

    /// <summary>Whether an administrator has blocked them.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>Whether they may use the Studio.</summary>
    public bool IsStaff => Role >= StudioRole.Author;

    /// <summary>Whether they may do all editorial work.</summary>
    public bool IsEditor => Role >= StudioRole.Editor;

    public bool IsAdmin => Role >= StudioRole.Admin;

    /// <summary>The first letters of the first two names, for example <c>EV</c>.</summary>
    public string Initials =>
        string.Concat(
            Name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Take(2)
                .Select(part => System.Globalization.StringInfo.GetNextTextElement(part))
        );
}

/// <summary>What somebody may do. Each role includes the ones before it.</summary>
public enum StudioRole
{
    None,
    Reader,
    Author,
    Editor,
    Admin,
}
