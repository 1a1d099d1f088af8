using Cms.Changes;

namespace Cms.Fronts;

/// <summary>The list of articles on a front was saved or deleted. Reload all fronts that you cache.</summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="FrontId">The id of the front.</param>
public sealed record FrontChanged(string Cursor, DateTimeOffset OccurredAt, FrontId FrontId) : IChange;
