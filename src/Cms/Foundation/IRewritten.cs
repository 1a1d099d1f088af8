namespace Cms.Foundation;

/// <summary>A row that is deleted and written again: that it exists does not show which write wrote it.</summary>
internal interface IRewritten;
