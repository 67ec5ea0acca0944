-- A repeatable script: it runs again whenever its statements change.

DROP VIEW IF EXISTS teamActivity;
CREATE VIEW teamActivity AS
SELECT team_id, sum(request_count) AS requests, sum(tool_call_count) AS tool_calls, max(bucket_timestamp) AS last_active
FROM mcpClientActivityMetrics
WHERE bucket_interval = '15m'
GROUP BY team_id;
