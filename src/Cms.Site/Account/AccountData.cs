using System.Text.Json;
using Cms.Site.Bookmarks;
using Cms.Site.Pages;

namespace Cms.Site.Account;

/// <summary>The signed-in reader's account; the viewer is null if the session has ended.</summary>
public sealed record AccountData(AccountViewer? Viewer);

/// <summary>The name and the number of bookmarks of a reader.</summary>
public sealed record AccountViewer(string? Name, TotalData Bookmarks);

/// <summary>All data of the reader.</summary>
public sealed record MyData(MyDataViewer? Viewer);

/// <summary>The reader's data as JSON.</summary>
public sealed record MyDataViewer(JsonElement Data);

/// <summary>The answer to the deletion of the reader's data.</summary>
public sealed record DeleteAnswer(DeletePayload DeleteMyData);

/// <summary>What was deleted, or why nothing was.</summary>
public sealed record DeletePayload(DeletedData? DeletedData, IReadOnlyList<ErrorData> Errors);

/// <summary>How many bookmarks were deleted.</summary>
public sealed record DeletedData(int Bookmarks);
