using System.Data.Common;
using Cms.Data;
using Cms.GraphQL;

namespace Cms.Server.Commands;

/// <summary>Commands that read or write the database.</summary>
internal static class DatabaseUse
{
    extension(WebApplication app)
    {
        /// <summary>Makes the database ready, then runs <paramref name="use" />.</summary>
        /// <exception cref="CannotStartException">The database cannot be used, or stopped being usable meanwhile.</exception>
        public async Task<T> UseDatabaseAsync<T>(Func<Task<T>> use, CancellationToken cancellationToken)
        {
            var provider = app.Services.GetRequiredService<IDatabaseProvider>();
            await provider.PrepareAsync(cancellationToken);
            try
            {
                return await use();
            }
            catch (Exception fault) when (IsOfDatabase(fault) && provider.Explain(fault) is { } sentence)
            {
                throw new CannotStartException(sentence, fault);
            }
        }
    }

    // A provider also explains files that cannot be opened; here those may just as well be images.
    private static bool IsOfDatabase(Exception? fault) =>
        fault is DbException || (fault is not null && IsOfDatabase(fault.InnerException));
}
