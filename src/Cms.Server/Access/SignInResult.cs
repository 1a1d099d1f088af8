using Cms.People;

namespace Cms.Server.Access;

/// <summary>Why credentials are rejected.</summary>
internal enum Refusal
{
    /// <summary>The credentials are not valid: 401.</summary>
    Invalid,

    /// <summary>The token lacks the required scope: 403.</summary>
    WrongScope,

    /// <summary>The person or application is on the block list: 403.</summary>
    Blocked,
}

/// <summary>Who is signed in, how and until when; or why the credentials are rejected.</summary>
internal sealed record SignInResult
{
    /// <summary>The message for callers on the block list.</summary>
    public const string BlockedMessage = "Your access has been blocked. Ask an administrator of the newsroom.";

    public Viewer Viewer { get; init; } = Viewer.Anonymous;

    /// <summary>The time at which the credentials expire.</summary>
    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Whether a cookie signs the caller in. If so, pages of other sites could misuse the session.</summary>
    public bool IsByCookie { get; init; }

    /// <summary>The hash of the browser session; null without one.</summary>
    public string? Session { get; init; }

    /// <summary>Whether the session is of a person on the block list, who is anonymous on pages.</summary>
    public bool IsBlocked { get; init; }

    public Refusal? Refusal { get; init; }

    public static SignInResult Anonymous { get; } = new();

    public static SignInResult Refused(Refusal refusal) => new() { Refusal = refusal };
}
