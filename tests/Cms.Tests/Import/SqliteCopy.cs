using Cms.Data;
using Cms.Import;
using Cms.Testing;

namespace Cms.Tests.Import;

/// <summary>A second database that is empty before the import.</summary>
internal sealed class SqliteCopy(DateTimeOffset now) : IAsyncDisposable
{
    private readonly SqliteTestDatabase _other = new();

    public async Task<ImportSummary> ImportAsync(string path)
    {
        _other.Clock.SetUtcNow(now);
        await _other.InitializeAsync();
        return await _other.Get<ImportNewsroom>().Handle(path, dryRun: false, null, CancellationToken.None);
    }

    public Task<CmsDbContext> OpenAsync() => _other.OpenAsync();

    public async ValueTask DisposeAsync() => await _other.DisposeAsync();
}
