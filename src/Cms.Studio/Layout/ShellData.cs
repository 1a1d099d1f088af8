namespace Cms.Studio.Layout;

/// <summary>What the frame of every page shows.</summary>
public sealed record ShellData(ShellDesk? Desk);

/// <summary>The desk of the person.</summary>
public sealed record ShellDesk(ShellInbox? Inbox);

/// <summary>How many items of the inbox are new.</summary>
public sealed record ShellInbox(int UnreadCount);
