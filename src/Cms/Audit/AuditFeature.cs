using Cms.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Audit;

internal static class AuditFeature
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Registers the audit log. Call this after all other features, because the log is the last step of each
        /// transaction.
        /// </summary>
        public IServiceCollection AddAudit() =>
            services
                .AddSingleton<ICommitStep, WriteAudit>()
                .AddSingleton<VerifyAudit>()
                .AddSingleton<ExportAudit>()
                .AddSingleton<RecordRefusal>()
                .AddSingleton<RecordSettings>()
                .AddScoped<ListAudit>();
    }
}
