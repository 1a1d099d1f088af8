namespace Cms.Foundation;

/// <summary>A row that is deleted and written again, so its existence does not prove which write created it.</summary>
internal interface IRewritten;
