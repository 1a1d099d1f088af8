using Cms.People;

namespace Cms.Server.Access;

/// <summary>Why somebody who says who they are is not let in.</summary>
internal enum Refusal
{
    /// <summary>What they show is not valid: 401.</summary>
    Invalid,

    /// <summary>Their token was given for something else: 403.</summary>
    WrongScope,

    /// <summary>They are on the block list: 403.</summary>
    Blocked,
}

/// <summary>Who was let in, until when and how; or why not.</summary>
internal sealed record SignInResult
{
    /// <summary>What somebody is told who is on the block list.</summary>
    public const string BlockedMessage = "You are not let in here any more. Ask an administrator of the newsroom.";

    public Viewer Viewer { get; init; } = Viewer.Anonymous;

    /// <summary>When what they showed expires.</summary>
    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Signed in with a browser, whose pages of other sites could ask in their name.</summary>
    public bool IsByCookie { get; init; }

    /// <summary>The hash that the browser's session is kept under; null for whoever shows a token.</summary>
    public string? Session { get; init; }

    public Refusal? Refusal { get; init; }

    public static SignInResult Anonymous { get; } = new();

    public static SignInResult Refused(Refusal refusal) => new() { Refusal = refusal };
}
