using Cms.Data;
using Cms.Import;
using Cms.Testing;

namespace Cms.Tests.Import;

/// <summary>A second database that is empty before the import.</summary>
internal sealed class SqliteCopy(DateTimeOffset now) : IAsyncDisposable
{
    private readonly SqliteTestDatabase _other = new();

    private bool _isReady;

    public async Task<ImportSummary> ImportAsync(string path, bool trustReviews = false)
    {
        if (!_isReady)
        {
            _other.Clock.SetUtcNow(now);
            await _other.InitializeAsync();
            _isReady = true;
        }

        return await _other
            .Get<ImportNewsroom>()
            .Handle(path, new ImportOptions { TrustReviews = trustReviews }, null, CancellationToken.None);
    }

    public IServiceProvider Services => _other.Services;

    public Task<ExportSummary> ExportAsync(string path) =>
        _other.Get<ExportNewsroom>().Handle(path, CancellationToken.None);

    public Task<CmsDbContext> OpenAsync() => _other.OpenAsync();

    public async ValueTask DisposeAsync() => await _other.DisposeAsync();
}
