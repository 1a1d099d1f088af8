using System.Data.Common;
using Cms.Data;
using Cms.GraphQL;

namespace Cms.Server.Commands;

/// <summary>Runs commands that use the database.</summary>
internal static class DatabaseUse
{
    extension(WebApplication app)
    {
        /// <summary>Prepares the database, then runs <paramref name="use" />.</summary>
        /// <exception cref="CannotStartException">The database cannot be used, or fails during the command.</exception>
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

    // The provider also explains file errors, but during a command those can come from image files.
    private static bool IsOfDatabase(Exception? fault) =>
        fault is DbException || (fault is not null && IsOfDatabase(fault.InnerException));
}
