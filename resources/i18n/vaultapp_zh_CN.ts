<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutSection</name>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show the guide in its folder</source>
        <translation>在文件夹中显示指南</translation>
    </message>
    <message>
        <source>Free software under the Apache License, version 2.0.</source>
        <translation>自由软件，采用 Apache 许可证 2.0 版。</translation>
    </message>
    <message>
        <source>{name} ({licence})</source>
        <translation>{name} ({licence})</translation>
    </message>
    <message>
        <source>icons of {name} ({licence})</source>
        <translation>{name} 图标 ({licence})</translation>
    </message>
    <message>
        <source>How vaults, sealed files, texts and recovery words are written, byte by byte. It lies at {path}</source>
        <translation>逐字节说明保险库、加密文件、文本和恢复词的格式。位于 {path}</translation>
    </message>
    <message>
        <source>vaultapp {version}</source>
        <translation>vaultapp {version}</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>Work of others</source>
        <translation>第三方组件</translation>
    </message>
</context>
<context>
    <name>Activity</name>
    <message>
        <source>d MMMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>Today, {date}</source>
        <translation>今天，{date}</translation>
    </message>
    <message>
        <source>Yesterday, {date}</source>
        <translation>昨天，{date}</translation>
    </message>
    <message>
        <source>{weekday}, {date}</source>
        <translation>{weekday}，{date}</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <translation>yyyy年M月d日 dddd</translation>
    </message>
    <message>
        <source>{day}, {time} (UTC{zone})</source>
        <translation>{day} {time}（UTC{zone}）</translation>
    </message>
    <message>
        <source>Encrypted a file</source>
        <translation>已加密文件</translation>
    </message>
    <message>
        <source>Encrypt a file</source>
        <translation>加密文件</translation>
    </message>
    <message>
        <source>Encrypted {n} files</source>
        <translation>已加密 {n} 个文件</translation>
    </message>
    <message>
        <source>Encrypt {n} files</source>
        <translation>加密 {n} 个文件</translation>
    </message>
    <message>
        <source>Decrypted a file</source>
        <translation>已解密文件</translation>
    </message>
    <message>
        <source>Decrypt a file</source>
        <translation>解密文件</translation>
    </message>
    <message>
        <source>Decrypted {n} files</source>
        <translation>已解密 {n} 个文件</translation>
    </message>
    <message>
        <source>Decrypt {n} files</source>
        <translation>解密 {n} 个文件</translation>
    </message>
    <message>
        <source>Re-wrapped a file</source>
        <translation>已重新封装文件</translation>
    </message>
    <message>
        <source>Re-wrap a file</source>
        <translation>重新封装文件</translation>
    </message>
    <message>
        <source>Re-wrapped {n} files</source>
        <translation>已重新封装 {n} 个文件</translation>
    </message>
    <message>
        <source>Re-wrap {n} files</source>
        <translation>重新封装 {n} 个文件</translation>
    </message>
    <message>
        <source>Encrypted a text</source>
        <translation>已加密文本</translation>
    </message>
    <message>
        <source>Encrypt a text</source>
        <translation>加密文本</translation>
    </message>
    <message>
        <source>Decrypted a text</source>
        <translation>已解密文本</translation>
    </message>
    <message>
        <source>Decrypt a text</source>
        <translation>解密文本</translation>
    </message>
    <message>
        <source>Made a key</source>
        <translation>已创建密钥</translation>
    </message>
    <message>
        <source>Make a key</source>
        <translation>创建密钥</translation>
    </message>
    <message>
        <source>Renamed a key</source>
        <translation>已重命名密钥</translation>
    </message>
    <message>
        <source>Rename a key</source>
        <translation>重命名密钥</translation>
    </message>
    <message>
        <source>Changed a key&apos;s aliases</source>
        <translation>已更改密钥别名</translation>
    </message>
    <message>
        <source>Change a key&apos;s aliases</source>
        <translation>更改密钥别名</translation>
    </message>
    <message>
        <source>Changed a key&apos;s description</source>
        <translation>已更改密钥描述</translation>
    </message>
    <message>
        <source>Change a key&apos;s description</source>
        <translation>更改密钥描述</translation>
    </message>
    <message>
        <source>Changed a key&apos;s tags</source>
        <translation>已更改密钥标签</translation>
    </message>
    <message>
        <source>Change a key&apos;s tags</source>
        <translation>更改密钥标签</translation>
    </message>
    <message>
        <source>Rotated a key</source>
        <translation>已轮换密钥</translation>
    </message>
    <message>
        <source>Rotate a key</source>
        <translation>轮换密钥</translation>
    </message>
    <message>
        <source>Set when a key is rotated</source>
        <translation>设置密钥轮换周期</translation>
    </message>
    <message>
        <source>Enabled a key</source>
        <translation>已启用密钥</translation>
    </message>
    <message>
        <source>Enable a key</source>
        <translation>启用密钥</translation>
    </message>
    <message>
        <source>Disabled a key</source>
        <translation>已停用密钥</translation>
    </message>
    <message>
        <source>Disable a key</source>
        <translation>停用密钥</translation>
    </message>
    <message>
        <source>Scheduled a key&apos;s deletion</source>
        <translation>已计划删除密钥</translation>
    </message>
    <message>
        <source>Schedule a key&apos;s deletion</source>
        <translation>计划删除密钥</translation>
    </message>
    <message>
        <source>Took a key&apos;s deletion back</source>
        <translation>已取消删除密钥</translation>
    </message>
    <message>
        <source>Take a key&apos;s deletion back</source>
        <translation>取消删除密钥</translation>
    </message>
    <message>
        <source>Exported a key&apos;s material</source>
        <translation>已导出密钥材料</translation>
    </message>
    <message>
        <source>Export a key&apos;s material</source>
        <translation>导出密钥材料</translation>
    </message>
    <message>
        <source>Deleted a key for good</source>
        <translation>已永久删除密钥</translation>
    </message>
    <message>
        <source>Delete a key for good</source>
        <translation>永久删除密钥</translation>
    </message>
    <message>
        <source>Added a credential</source>
        <translation>已添加凭据</translation>
    </message>
    <message>
        <source>Add a credential</source>
        <translation>添加凭据</translation>
    </message>
    <message>
        <source>Gave out a credential</source>
        <translation>已提供凭据</translation>
    </message>
    <message>
        <source>Give out a credential</source>
        <translation>提供凭据</translation>
    </message>
    <message>
        <source>Gave out a one-time code</source>
        <translation>已提供一次性验证码</translation>
    </message>
    <message>
        <source>Give out a one-time code</source>
        <translation>提供一次性验证码</translation>
    </message>
    <message>
        <source>Gave a credential a new value</source>
        <translation>已为凭据设置新值</translation>
    </message>
    <message>
        <source>Give a credential a new value</source>
        <translation>为凭据设置新值</translation>
    </message>
    <message>
        <source>Edited a credential</source>
        <translation>已编辑凭据</translation>
    </message>
    <message>
        <source>Edit a credential</source>
        <translation>编辑凭据</translation>
    </message>
    <message>
        <source>Made another version of a credential current</source>
        <translation>已将凭据的另一版本设为当前</translation>
    </message>
    <message>
        <source>Make another version of a credential current</source>
        <translation>将凭据的另一版本设为当前</translation>
    </message>
    <message>
        <source>Enabled a version of a credential</source>
        <translation>已启用凭据的一个版本</translation>
    </message>
    <message>
        <source>Enable a version of a credential</source>
        <translation>启用凭据的一个版本</translation>
    </message>
    <message>
        <source>Disabled a version of a credential</source>
        <translation>已停用凭据的一个版本</translation>
    </message>
    <message>
        <source>Disable a version of a credential</source>
        <translation>停用凭据的一个版本</translation>
    </message>
    <message>
        <source>Moved a credential to the bin</source>
        <translation>已将凭据移到回收站</translation>
    </message>
    <message>
        <source>Move a credential to the bin</source>
        <translation>将凭据移到回收站</translation>
    </message>
    <message>
        <source>Took a credential out of the bin</source>
        <translation>已从回收站取出凭据</translation>
    </message>
    <message>
        <source>Take a credential out of the bin</source>
        <translation>从回收站取出凭据</translation>
    </message>
    <message>
        <source>Deleted a credential for good</source>
        <translation>已永久删除凭据</translation>
    </message>
    <message>
        <source>Delete a credential for good</source>
        <translation>永久删除凭据</translation>
    </message>
    <message>
        <source>Attached a file to a credential</source>
        <translation>已为凭据添加附件</translation>
    </message>
    <message>
        <source>Attach a file to a credential</source>
        <translation>为凭据添加附件</translation>
    </message>
    <message>
        <source>Removed an attachment of a credential</source>
        <translation>已移除凭据的附件</translation>
    </message>
    <message>
        <source>Remove an attachment of a credential</source>
        <translation>移除凭据的附件</translation>
    </message>
    <message>
        <source>Gave out an attachment of a credential</source>
        <translation>已提供凭据的附件</translation>
    </message>
    <message>
        <source>Give out an attachment of a credential</source>
        <translation>提供凭据的附件</translation>
    </message>
    <message>
        <source>Rotated a credential</source>
        <translation>已轮换凭据</translation>
    </message>
    <message>
        <source>Rotate a credential</source>
        <translation>轮换凭据</translation>
    </message>
    <message>
        <source>Took an old value from its target</source>
        <translation>已从目标上撤下旧值</translation>
    </message>
    <message>
        <source>Take an old value from its target</source>
        <translation>从目标上撤下旧值</translation>
    </message>
    <message>
        <source>Set when a credential is rotated</source>
        <translation>设置凭据的轮换时间</translation>
    </message>
    <message>
        <source>Checked a connection</source>
        <translation>已检查连接</translation>
    </message>
    <message>
        <source>Check a connection</source>
        <translation>检查连接</translation>
    </message>
    <message>
        <source>Began to watch for break-ins</source>
        <translation>已开始监视入侵</translation>
    </message>
    <message>
        <source>Begin to watch for break-ins</source>
        <translation>开始监视入侵</translation>
    </message>
    <message>
        <source>Stopped watching for break-ins</source>
        <translation>已停止监视入侵</translation>
    </message>
    <message>
        <source>Stop watching for break-ins</source>
        <translation>停止监视入侵</translation>
    </message>
    <message>
        <source>A trigger called for rotation</source>
        <translation>触发器要求轮换</translation>
    </message>
    <message>
        <source>A trigger calls for rotation</source>
        <translation>触发器要求轮换</translation>
    </message>
    <message>
        <source>Imported credentials</source>
        <translation>已导入凭据</translation>
    </message>
    <message>
        <source>Import credentials</source>
        <translation>导入凭据</translation>
    </message>
    <message>
        <source>Exported credentials</source>
        <translation>已导出凭据</translation>
    </message>
    <message>
        <source>Export credentials</source>
        <translation>导出凭据</translation>
    </message>
    <message>
        <source>Removed a way to unlock</source>
        <translation>已移除解锁方式</translation>
    </message>
    <message>
        <source>Remove a way to unlock</source>
        <translation>移除解锁方式</translation>
    </message>
    <message>
        <source>Changed the passphrase</source>
        <translation>已更改口令</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>更改口令</translation>
    </message>
    <message>
        <source>Set a new passphrase</source>
        <translation>设置新口令</translation>
    </message>
    <message>
        <source>Made new recovery words</source>
        <translation>已生成新的恢复词</translation>
    </message>
    <message>
        <source>Make new recovery words</source>
        <translation>生成新的恢复词</translation>
    </message>
    <message>
        <source>Tried the recovery words</source>
        <translation>已测试恢复词</translation>
    </message>
    <message>
        <source>Try the recovery words</source>
        <translation>测试恢复词</translation>
    </message>
    <message>
        <source>Made the vault</source>
        <translation>已创建保险库</translation>
    </message>
    <message>
        <source>Make the vault</source>
        <translation>创建保险库</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>已解锁</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Checked a passphrase</source>
        <translation>已校验口令</translation>
    </message>
    <message>
        <source>Check a passphrase</source>
        <translation>校验口令</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Locked the window</source>
        <translation>锁定了窗口</translation>
    </message>
    <message>
        <source>Lock the window</source>
        <translation>锁定窗口</translation>
    </message>
    <message>
        <source>Unlocked the window</source>
        <translation>解锁了窗口</translation>
    </message>
    <message>
        <source>Unlock the window</source>
        <translation>解锁窗口</translation>
    </message>
    <message>
        <source>Changed when the vault locks by itself</source>
        <translation>已更改自动锁定设置</translation>
    </message>
    <message>
        <source>Change when the vault locks by itself</source>
        <translation>更改自动锁定设置</translation>
    </message>
    <message>
        <source>Changed which plug-ins are used</source>
        <translation>已更改所用插件</translation>
    </message>
    <message>
        <source>Change which plug-ins are used</source>
        <translation>更改所用插件</translation>
    </message>
    <message>
        <source>Accepted an older copy of the vault</source>
        <translation>已接受较旧的保险库副本</translation>
    </message>
    <message>
        <source>Accept an older copy of the vault</source>
        <translation>接受较旧的保险库副本</translation>
    </message>
    <message>
        <source>Made a backup</source>
        <translation>已创建备份</translation>
    </message>
    <message>
        <source>Make a backup</source>
        <translation>创建备份</translation>
    </message>
    <message>
        <source>Restored a backup</source>
        <translation>已恢复备份</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>Checked the whole vault</source>
        <translation>已检查整个保险库</translation>
    </message>
    <message>
        <source>Check the whole vault</source>
        <translation>检查整个保险库</translation>
    </message>
    <message>
        <source>Version {n}</source>
        <translation>第 {n} 版</translation>
    </message>
    <message>
        <source>{name}, version {n}</source>
        <translation>{name}，第 {n} 版</translation>
    </message>
    <message>
        <source>context names {names}</source>
        <translation>上下文名称：{names}</translation>
    </message>
    <message>
        <source>Now called “{name}”</source>
        <translation>现名为“{name}”</translation>
    </message>
    <message>
        <source>Never by itself</source>
        <translation>不自动轮换</translation>
    </message>
    <message>
        <source>At “{times}”</source>
        <translation>按“{times}”</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>Every {n} days</source>
        <translation>每 {n} 天</translation>
    </message>
    <message>
        <source>In {n} days; until then it can be taken back</source>
        <translation>{n} 天后删除；在此之前可以取消</translation>
    </message>
    <message>
        <source>With the recovery words</source>
        <translation>使用恢复词</translation>
    </message>
    <message>
        <source>With the passphrase</source>
        <translation>使用口令</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>Because {reason}</source>
        <translation>因{reason}</translation>
    </message>
    <message>
        <source>after a wrong try</source>
        <translation>此前输错 1 次</translation>
    </message>
    <message>
        <source>after {n} wrong tries</source>
        <translation>此前输错 {n} 次</translation>
    </message>
    <message>
        <source>Kits printed before no longer open the vault</source>
        <translation>之前打印的恢复资料已无法打开保险库</translation>
    </message>
    <message>
        <source>The vault was open already</source>
        <translation>保险库此前已解锁</translation>
    </message>
    <message>
        <source>1 key could be read</source>
        <translation>可读取 1 个密钥</translation>
    </message>
    <message>
        <source>{n} keys could be read</source>
        <translation>可读取 {n} 个密钥</translation>
    </message>
    <message>
        <source>1 credential</source>
        <translation>1 个凭据</translation>
    </message>
    <message>
        <source>{n} credentials</source>
        <translation>{n} 个凭据</translation>
    </message>
    <message>
        <source>1 record is sound</source>
        <translation>1 条记录完好</translation>
    </message>
    <message>
        <source>{n} records are sound</source>
        <translation>{n} 条记录完好</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>The vault itself</source>
        <translation>保险库自身</translation>
    </message>
    <message>
        <source>A program</source>
        <translation>某个程序</translation>
    </message>
    <message>
        <source>A passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>已开始</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Context names</source>
        <translation>上下文名称</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
    <message>
        <source>Key id</source>
        <translation>密钥 ID</translation>
    </message>
    <message>
        <source>Credential id</source>
        <translation>凭据 ID</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>标识符</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>请求者</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>凭据</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Number of the error</source>
        <translation>错误编号</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>By</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Wrong tries before</source>
        <translation>此前输错次数</translation>
    </message>
    <message>
        <source>Ways in replaced</source>
        <translation>替换的解锁方式数</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Keys read</source>
        <translation>读取的密钥数</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录数</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>未保留</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Allowed, 1 for yes</source>
        <translation>是否允许（1 为是）</translation>
    </message>
    <message>
        <source>Minutes without input, 0 for never</source>
        <translation>无操作分钟数（0 表示从不）</translation>
    </message>
    <message>
        <source>On sleep, 1 for yes</source>
        <translation>睡眠时（1 表示是）</translation>
    </message>
    <message>
        <source>On a locked screen, 1 for yes</source>
        <translation>屏幕锁定时（1 表示是）</translation>
    </message>
    <message>
        <source>On a screen saver, 1 for yes</source>
        <translation>屏幕保护程序启动时（1 表示是）</translation>
    </message>
    <message>
        <source>On another login, 1 for yes</source>
        <translation>其他用户登录时（1 表示是）</translation>
    </message>
    <message>
        <source>Programs go on while the window is locked, 1 for yes</source>
        <translation>窗口锁定时程序继续运行，1 为是</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>the app was closed</source>
        <translation>应用退出</translation>
    </message>
    <message>
        <source>a backup was restored</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>nobody was there for a while</source>
        <translation>一段时间无人操作</translation>
    </message>
    <message>
        <source>the computer went to sleep</source>
        <translation>电脑进入睡眠</translation>
    </message>
    <message>
        <source>the screen was locked</source>
        <translation>屏幕锁定</translation>
    </message>
    <message>
        <source>the screen saver came on</source>
        <translation>屏幕保护程序启动</translation>
    </message>
    <message>
        <source>someone else logged in</source>
        <translation>其他用户登录</translation>
    </message>
    <message>
        <source>by its schedule</source>
        <translation>按计划</translation>
    </message>
    <message>
        <source>after a break-in</source>
        <translation>因入侵</translation>
    </message>
    <message>
        <source>because a trigger called for it</source>
        <translation>因触发器要求</translation>
    </message>
    <message>
        <source>Make a new value</source>
        <translation>生成新值</translation>
    </message>
    <message>
        <source>Set it at the target</source>
        <translation>在目标上设置</translation>
    </message>
    <message>
        <source>Log in with it</source>
        <translation>用它登录</translation>
    </message>
    <message>
        <source>Make it current</source>
        <translation>设为当前</translation>
    </message>
    <message>
        <source>Take the old value away</source>
        <translation>撤下旧值</translation>
    </message>
    <message>
        <source>Nothing left to do</source>
        <translation>全部完成</translation>
    </message>
    <message>
        <source>used as often as is safe</source>
        <translation>已达安全使用次数上限</translation>
    </message>
    <message>
        <source>The passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>The recovery words</source>
        <translation>恢复词</translation>
    </message>
    <message>
        <source>Daily copy</source>
        <translation>每日副本</translation>
    </message>
    <message>
        <source>Weekly copy</source>
        <translation>每周副本</translation>
    </message>
    <message>
        <source>Copy in a place of your choice</source>
        <translation>自选位置的副本</translation>
    </message>
</context>
<context>
    <name>ActivityPage</name>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Check the chain</source>
        <translation>校验记录链</translation>
    </message>
    <message>
        <source>Checking… {percent} %</source>
        <translation>正在校验… {percent}%</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>停止校验</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Exporting… {percent} %</source>
        <translation>正在导出… {percent}%</translation>
    </message>
    <message>
        <source>Stop exporting</source>
        <translation>停止导出</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示范围</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Files and text</source>
        <translation>文件和文本</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>保险库</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Filter activity</source>
        <translation>筛选活动</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>JSON Lines (*.jsonl)</source>
        <translation>JSON Lines (*.jsonl)</translation>
    </message>
    <message>
        <source>Export all of the activity</source>
        <translation>导出全部活动</translation>
    </message>
    <message>
        <source>All of the activity was exported</source>
        <translation>全部活动已导出</translation>
    </message>
    <message>
        <source>Open the details</source>
        <translation>打开详情</translation>
    </message>
    <message>
        <source>Looking through older entries… {looked} of {total}</source>
        <translation>正在查找较早的记录… {looked} / {total}</translation>
    </message>
    <message>
        <source>All {n} entries were looked at.</source>
        <translation>已查找全部 {n} 条记录。</translation>
    </message>
    <message>
        <source>Nothing like this is in the log</source>
        <translation>没有匹配的活动记录</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新校验</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>With</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减弱动态效果</translation>
    </message>
    <message>
        <source>As the desktop asks, or always light or dark. High contrast is always followed.</source>
        <translation>跟随桌面设置，或始终使用浅色或深色。高对比度设置始终生效。</translation>
    </message>
    <message>
        <source>Of everything in the window, with its numbers and dates.</source>
        <translation>窗口中的所有文字，以及数字和日期的写法。</translation>
    </message>
    <message>
        <source>This system has no font for Chinese yet: its letters would be shown as boxes.</source>
        <translation>此系统还没有中文字体，汉字会显示为方框。</translation>
    </message>
    <message>
        <source>Panels and messages appear at once, and an hourglass stands where a ring would turn.</source>
        <translation>面板和消息直接出现，旋转的圆环改为沙漏。</translation>
    </message>
</context>
<context>
    <name>AttachmentsSection</name>
    <message>
        <source>Attach…</source>
        <translation>添加附件…</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Small files, {limit} in all.</source>
        <translation>小文件，总共不超过 {limit}。</translation>
    </message>
    <message>
        <source>1 file is attached to “{name}”</source>
        <translation>已为“{name}”添加 1 个附件</translation>
    </message>
    <message>
        <source>{n} files are attached to “{name}”</source>
        <translation>已为“{name}”添加 {n} 个附件</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存为 {path}</translation>
    </message>
    <message>
        <source>Save {name}…</source>
        <translation>保存 {name}…</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>Save the attachment</source>
        <translation>保存附件</translation>
    </message>
    <message>
        <source>{name} is removed</source>
        <translation>已移除 {name}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>BackupSection</name>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Make a copy</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Make a copy now</source>
        <translation>立即创建副本</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>另存副本…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Restore from a file</source>
        <translation>从文件恢复</translation>
    </message>
    <message>
        <source>While the vault is used, a copy is made each day. Five daily and four weekly ones are kept; each was read whole before an older one went.</source>
        <translation>使用保险库期间，每天创建一个副本。保留五个每日副本和四个每周副本；新副本完整读取无误后，才会删除旧副本。</translation>
    </message>
    <message>
        <source>To another disk or a stick, in a folder that you choose. It opens with today’s passphrase.</source>
        <translation>保存到其他磁盘或 U 盘上的指定文件夹。副本用当前口令打开。</translation>
    </message>
    <message>
        <source>A copy that was saved elsewhere takes the vault’s place. What it replaces is kept.</source>
        <translation>用另存的副本替换当前保险库。被替换的保险库会保留。</translation>
    </message>
    <message>
        <source>Automatic copies</source>
        <translation>自动副本</translation>
    </message>
    <message>
        <source>Save a copy elsewhere</source>
        <translation>另存副本</translation>
    </message>
    <message>
        <source>Copies of this vault</source>
        <translation>此保险库的副本</translation>
    </message>
    <message>
        <source>A copy was made and read whole</source>
        <translation>已创建副本，完整读取无误</translation>
    </message>
    <message>
        <source>Saved as {name}, and read whole</source>
        <translation>已保存为 {name}，完整读取无误</translation>
    </message>
    <message>
        <source>Folder for the copy</source>
        <translation>选择副本的保存位置</translation>
    </message>
    <message>
        <source>Vaults (*.vault);;All files (*)</source>
        <translation>保险库 (*.vault);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose the copy</source>
        <translation>选择副本</translation>
    </message>
    <message>
        <source>There are no copies yet</source>
        <translation>还没有副本</translation>
    </message>
    <message>
        <source>The first one is made soon.</source>
        <translation>第一个副本很快就会创建。</translation>
    </message>
    <message>
        <source>{n} older ones are not shown</source>
        <translation>另有 {n} 个较早的副本未显示</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show in its folder: {when}</source>
        <translation>在文件夹中显示：{when}</translation>
    </message>
    <message>
        <source>Restore: {when}</source>
        <translation>恢复：{when}</translation>
    </message>
    <message>
        <source>{kind}, {size}</source>
        <translation>{kind}，{size}</translation>
    </message>
    <message>
        <source>Daily copy</source>
        <translation>每日副本</translation>
    </message>
    <message>
        <source>Weekly copy</source>
        <translation>每周副本</translation>
    </message>
    <message>
        <source>Replaced vault</source>
        <translation>被替换的保险库</translation>
    </message>
    <message>
        <source>Other file of this vault</source>
        <translation>此保险库的其他文件</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Kept when a copy was restored</source>
        <translation>恢复副本时保留</translation>
    </message>
    <message>
        <source>Beside the vault, left by a program that keeps files in step</source>
        <translation>位于保险库旁，由文件同步程序留下</translation>
    </message>
</context>
<context>
    <name>ByteCounter</name>
    <message>
        <source>{count} of {limit} bytes</source>
        <translation>{count} / {limit} 字节</translation>
    </message>
</context>
<context>
    <name>ChainState</name>
    <message>
        <source>Numbers {first} to {last} were checked at {time}.</source>
        <translation>已于 {time} 校验第 {first} 至 {last} 条记录。</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 条记录</translation>
    </message>
    <message>
        <source>{n} entries</source>
        <translation>{n} 条记录</translation>
    </message>
    <message>
        <source>{entries}, chain complete</source>
        <translation>{entries}，链完整</translation>
    </message>
</context>
<context>
    <name>ChangePassphraseDialog</name>
    <message>
        <source>Change the passphrase</source>
        <translation>更改口令</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Current passphrase</source>
        <translation>当前口令</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>新口令</translation>
    </message>
    <message>
        <source>Measure anew what a guess costs on this computer</source>
        <translation>在这台电脑上重新测算每次猜测的开销</translation>
    </message>
    <message>
        <source>The vault opens with the new one from then on. Copies made before still open with the earlier one.</source>
        <translation>更改后，保险库用新口令打开。之前创建的副本仍用旧口令打开。</translation>
    </message>
    <message>
        <source>This is not the current passphrase. Nothing was changed.</source>
        <translation>当前口令不正确。未作任何更改。</translation>
    </message>
    <message>
        <source>Measuring how long opening takes here…</source>
        <translation>正在测算在这台电脑上解锁所需的时间…</translation>
    </message>
    <message>
        <source>A guess costs what it costs now.</source>
        <translation>每次猜测的开销保持不变。</translation>
    </message>
    <message>
        <source>Opening takes {time} and {memory} here. Every guess costs an attacker the same.</source>
        <translation>在这台电脑上解锁需要 {memory} 内存，用时 {time}。攻击者每猜一次，开销相同。</translation>
    </message>
    <message>
        <source>As now, a guess takes {memory} of memory and 1 pass over it.</source>
        <translation>保持不变：每次猜测需要 {memory} 内存，轮数为 1。</translation>
    </message>
    <message>
        <source>As now, a guess takes {memory} of memory and {n} passes over it.</source>
        <translation>保持不变：每次猜测需要 {memory} 内存，轮数为 {n}。</translation>
    </message>
</context>
<context>
    <name>ChoicePopup</name>
    <message>
        <source>The first {n} of {all}. Type to narrow.</source>
        <translation>显示前 {n} 项，共 {all} 项。输入文字可缩小范围。</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>The clipboard could not be cleared.</source>
        <translation>无法清除剪贴板。</translation>
    </message>
    <message>
        <source>It may still hold what was copied.</source>
        <translation>其中可能仍有复制的内容。</translation>
    </message>
    <message>
        <source>Copy something else over it.</source>
        <translation>请复制其他内容将其覆盖。</translation>
    </message>
    <message>
        <source>The program that holds the clipboard does not answer.</source>
        <translation>持有剪贴板内容的程序没有响应。</translation>
    </message>
    <message>
        <source>Nothing was read, and the clipboard is as it was.</source>
        <translation>未读取任何内容，剪贴板保持原样。</translation>
    </message>
    <message>
        <source>Copy the text again.</source>
        <translation>请重新复制文本。</translation>
    </message>
</context>
<context>
    <name>ClipboardSection</name>
    <message>
        <source>Clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>Clear what was copied after</source>
        <translation>自动清除复制的内容</translation>
    </message>
    <message>
        <source>Passphrases and decrypted texts. Also on lock and on quit. Other contents are left alone.</source>
        <translation>针对口令和解密的文本；锁定和退出时也会清除。其他内容不受影响。</translation>
    </message>
    <message>
        <source>What a clipboard manager keeps</source>
        <translation>剪贴板管理器保留的内容</translation>
    </message>
    <message>
        <source>This desktop lets nobody look whether one kept it. Install wl-clipboard for that.</source>
        <translation>此桌面不允许查看剪贴板管理器是否保留了副本。安装 wl-clipboard 后即可查看。</translation>
    </message>
    <message>
        <source>{n} seconds</source>
        <translation>{n} 秒后</translation>
    </message>
</context>
<context>
    <name>CodeSection</name>
    <message>
        <source>One-time code</source>
        <translation>一次性验证码</translation>
    </message>
    <message>
        <source>Copy the one-time code</source>
        <translation>复制一次性验证码</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>No seed is kept with this login. Edit it to add one.</source>
        <translation>此登录未保存验证码种子。编辑后即可添加。</translation>
    </message>
    <message>
        <source>{action}: one-time code</source>
        <translation>{action}：一次性验证码</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Find anything</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find a key, a page or an action</source>
        <translation>查找密钥、页面或操作</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>匹配项</translation>
    </message>
    <message>
        <source>Nothing here is called that.</source>
        <translation>没有匹配的项目。</translation>
    </message>
    <message>
        <source>↑↓ move</source>
        <translation>↑↓ 移动</translation>
    </message>
    <message>
        <source>↵ choose</source>
        <translation>↵ 选择</translation>
    </message>
    <message>
        <source>Esc close</source>
        <translation>Esc 关闭</translation>
    </message>
</context>
<context>
    <name>ConnectionInputs</name>
    <message>
        <source>Itself</source>
        <translation>自身</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Trusted certificates</source>
        <translation>信任的证书</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>证书 (*.pem *.crt *.cer);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>ConnectionSection</name>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Check the connection</source>
        <translation>检查连接</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Not tried against</source>
        <translation>未实际测试</translation>
    </message>
    <message>
        <source>The current value logs in. A rotation could work.</source>
        <translation>当前值可以登录，可以进行轮换。</translation>
    </message>
</context>
<context>
    <name>ContextCard</name>
    <message>
        <source>Add pair</source>
        <translation>添加键值对</translation>
    </message>
    <message>
        <source>Add a context pair</source>
        <translation>添加上下文键值对</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>加密上下文</translation>
    </message>
    <message>
        <source>Must match word for word when decrypting. Not secret.</source>
        <translation>解密时必须完全一致。内容不保密。</translation>
    </message>
    <message>
        <source>“{name}” is there already.</source>
        <translation>“{name}”已存在。</translation>
    </message>
</context>
<context>
    <name>CopyNote</name>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Copied. The clipboard clears in {left}.</source>
        <translation>已复制。剪贴板将在 {left}后清空。</translation>
    </message>
    <message>
        <source>On the clipboard for {left}. This desktop forbids looking whether it is cleared.</source>
        <translation>在剪贴板上保留 {left}。此桌面不允许确认是否已清空。</translation>
    </message>
    <message>
        <source>The clipboard did not take it.</source>
        <translation>无法写入剪贴板。</translation>
    </message>
</context>
<context>
    <name>CopyPassphrase</name>
    <message>
        <source>Passphrase of the copy</source>
        <translation>副本的口令</translation>
    </message>
    <message>
        <source>This passphrase does not open the copy. Nothing was changed.</source>
        <translation>此口令无法打开副本。未作任何更改。</translation>
    </message>
    <message>
        <source>The one that the vault had when the copy was made.</source>
        <translation>创建副本时保险库所用的口令。</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已打开</translation>
    </message>
</context>
<context>
    <name>CopyStep</name>
    <message>
        <source>Open the copy</source>
        <translation>打开副本</translation>
    </message>
    <message>
        <source>The copy is read whole and checked before anything is written. It stays where it is.</source>
        <translation>写入之前会完整读取并检查副本。副本保留在原处。</translation>
    </message>
    <message>
        <source>becomes {name}</source>
        <translation>恢复为 {name}</translation>
    </message>
</context>
<context>
    <name>CredentialActions</name>
    <message>
        <source>“{name}” is changed</source>
        <translation>“{name}”已修改</translation>
    </message>
    <message>
        <source>“{name}” has a new value</source>
        <translation>“{name}”有了新的值</translation>
    </message>
    <message>
        <source>An earlier value of “{name}” is current</source>
        <translation>“{name}”的较早的值已设为当前</translation>
    </message>
    <message>
        <source>An earlier value of “{name}” is current here; the target was not told</source>
        <translation>“{name}”的较早的值已在此处设为当前；未通知目标</translation>
    </message>
    <message>
        <source>A version of “{name}” is enabled</source>
        <translation>“{name}”的一个版本已启用</translation>
    </message>
    <message>
        <source>A version of “{name}” is disabled</source>
        <translation>“{name}”的一个版本已停用</translation>
    </message>
    <message>
        <source>“{name}” moved to the bin</source>
        <translation>“{name}”已移到回收站</translation>
    </message>
    <message>
        <source>{n} credentials moved to the bin</source>
        <translation>{n} 个凭据已移到回收站</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>“{name}” is back</source>
        <translation>“{name}”已恢复</translation>
    </message>
    <message>
        <source>{n} credentials are back</source>
        <translation>已恢复 {n} 个凭据</translation>
    </message>
    <message>
        <source>“{name}” is gone for good</source>
        <translation>“{name}”已永久删除</translation>
    </message>
    <message>
        <source>No reminder of “{name}”</source>
        <translation>不再提醒“{name}”</translation>
    </message>
    <message>
        <source>You are reminded of “{name}” on {day}</source>
        <translation>将在 {day} 提醒“{name}”</translation>
    </message>
    <message>
        <source>“{name}” is as it was</source>
        <translation>“{name}”已复原</translation>
    </message>
    <message>
        <source>The secret of “{name}” is copied. The clipboard clears in {left}</source>
        <translation>“{name}”的机密已复制，剪贴板将在 {left}后清除</translation>
    </message>
    <message>
        <source>The clipboard did not take it</source>
        <translation>剪贴板未能接收</translation>
    </message>
</context>
<context>
    <name>CredentialAsking</name>
    <message>
        <source>The address of “{name}” is copied</source>
        <translation>“{name}”的地址已复制</translation>
    </message>
    <message>
        <source>Import credentials</source>
        <translation>导入凭据</translation>
    </message>
    <message>
        <source>Exports (*.csv *.json *.kdbx *.sealed);;All files (*)</source>
        <translation>导出文件 (*.csv *.json *.kdbx *.sealed);;所有文件 (*)</translation>
    </message>
    <message>
        <source>all credentials</source>
        <translation>全部凭据</translation>
    </message>
    <message>
        <source>{n} credentials</source>
        <translation>{n} 个凭据</translation>
    </message>
    <message>
        <source>credentials.sealed</source>
        <translation>凭据.sealed</translation>
    </message>
    <message>
        <source>Export the credentials</source>
        <translation>导出凭据</translation>
    </message>
    <message>
        <source>Sealed files (*.sealed)</source>
        <translation>加密文件 (*.sealed)</translation>
    </message>
    <message>
        <source>1 credential is imported</source>
        <translation>已导入 1 个凭据</translation>
    </message>
    <message>
        <source>{n} credentials are imported</source>
        <translation>已导入 {n} 个凭据</translation>
    </message>
    <message>
        <source>1 credential is exported to {path}</source>
        <translation>1 个凭据已导出到 {path}</translation>
    </message>
    <message>
        <source>{n} credentials are exported to {path}</source>
        <translation>{n} 个凭据已导出到 {path}</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
</context>
<context>
    <name>CredentialForm</name>
    <message>
        <source>New: {kind}</source>
        <translation>新建：{kind}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Shop database</source>
        <translation>商店数据库</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>标识符</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>轮换</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Optional: what it is for</source>
        <translation>可选：用途</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Optional: team=infrastructure</source>
        <translation>可选：team=基础设施</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Another kind</source>
        <translation>其他类型</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>The new credential “{name}” is not saved.</source>
        <translation>新凭据“{name}”尚未保存。</translation>
    </message>
    <message>
        <source>The new credential is not saved.</source>
        <translation>新凭据尚未保存。</translation>
    </message>
    <message>
        <source>Identifier for programs</source>
        <translation>供程序使用的标识符</translation>
    </message>
    <message>
        <source>Only when asked</source>
        <translation>仅手动</translation>
    </message>
</context>
<context>
    <name>CredentialMenu</name>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Copy the secret</source>
        <translation>复制机密</translation>
    </message>
    <message>
        <source>Copy password of {name}</source>
        <translation>复制 {name} 的密码</translation>
    </message>
    <message>
        <source>Copy the account</source>
        <translation>复制账户</translation>
    </message>
    <message>
        <source>Copy account of {name}</source>
        <translation>复制 {name} 的账户</translation>
    </message>
    <message>
        <source>Copy the vault:// address</source>
        <translation>复制 vault:// 地址</translation>
    </message>
    <message>
        <source>Copy the vault:// address of {name}</source>
        <translation>复制 {name} 的 vault:// 地址</translation>
    </message>
    <message>
        <source>Rotate now</source>
        <translation>立即轮换</translation>
    </message>
    <message>
        <source>Rotate {name}</source>
        <translation>轮换 {name}</translation>
    </message>
    <message>
        <source>New value…</source>
        <translation>新值…</translation>
    </message>
    <message>
        <source>New value for {name}…</source>
        <translation>{name} 的新值…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Rename {name}</source>
        <translation>重命名 {name}</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export {name}…</source>
        <translation>导出 {name}…</translation>
    </message>
    <message>
        <source>The server was broken into…</source>
        <translation>服务器被入侵…</translation>
    </message>
    <message>
        <source>The server of {name} was broken into…</source>
        <translation>{name} 的服务器被入侵…</translation>
    </message>
    <message>
        <source>Move to bin</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Move {name} to the bin</source>
        <translation>将 {name} 移到回收站</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Restore {name}</source>
        <translation>恢复 {name}</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>永久删除…</translation>
    </message>
    <message>
        <source>Delete {name} for good…</source>
        <translation>永久删除 {name}…</translation>
    </message>
</context>
<context>
    <name>CredentialNames</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>标识符</translation>
    </message>
    <message>
        <source>Change the identifier</source>
        <translation>修改标识符</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Change the description</source>
        <translation>修改描述</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Add tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>A word or a pair to find the credential by.</source>
        <translation>用一个词或一对名称和值来查找凭据。</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>team=infrastructure</source>
        <translation>team=基础设施</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>made {when}</source>
        <translation>创建于{when}</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Since {day}</source>
        <translation>自 {day} 起</translation>
    </message>
    <message>
        <source>On {day}</source>
        <translation>{day}</translation>
    </message>
    <message>
        <source>In {days}</source>
        <translation>{days}后</translation>
    </message>
</context>
<context>
    <name>CredentialPanel</name>
    <message>
        <source>Credential</source>
        <translation>凭据</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Rotate now</source>
        <translation>立即轮换</translation>
    </message>
    <message>
        <source>Cancel rotation</source>
        <translation>取消轮换</translation>
    </message>
    <message>
        <source>New value…</source>
        <translation>新值…</translation>
    </message>
    <message>
        <source>The server was broken into…</source>
        <translation>服务器被入侵…</translation>
    </message>
    <message>
        <source>Credential {name}</source>
        <translation>凭据 {name}</translation>
    </message>
    <message>
        <source>Gone on {day}</source>
        <translation>将于 {day} 删除</translation>
    </message>
    <message>
        <source>No program gets it now.</source>
        <translation>目前没有程序能取得它。</translation>
    </message>
</context>
<context>
    <name>CredentialRotations</name>
    <message>
        <source>“{name}” rotates only when asked</source>
        <translation>“{name}”仅在手动时轮换</translation>
    </message>
    <message>
        <source>“{name}” rotates by itself: {when}</source>
        <translation>“{name}”将自动轮换：{when}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>CredentialRows</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Next rotation</source>
        <translation>下次轮换</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>CredentialWatches</name>
    <message>
        <source>“{name}” rotates when {file} changes</source>
        <translation>{file} 变化时将轮换“{name}”</translation>
    </message>
    <message>
        <source>“{watch}” no longer rotates “{name}”</source>
        <translation>“{watch}”不再触发“{name}”的轮换</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>CredentialWords</name>
    <message>
        <source>MySQL</source>
        <translation>MySQL</translation>
    </message>
    <message>
        <source>PostgreSQL</source>
        <translation>PostgreSQL</translation>
    </message>
    <message>
        <source>Redis</source>
        <translation>Redis</translation>
    </message>
    <message>
        <source>AWS key</source>
        <translation>AWS 密钥</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>API token</source>
        <translation>API 令牌</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>便笺</translation>
    </message>
    <message>
        <source>A user of MySQL or MariaDB. Rotated while programs keep running.</source>
        <translation>MySQL 或 MariaDB 用户。轮换时程序照常运行。</translation>
    </message>
    <message>
        <source>A role of PostgreSQL. Rotated while programs keep running.</source>
        <translation>PostgreSQL 角色。轮换时程序照常运行。</translation>
    </message>
    <message>
        <source>A user of Redis or Valkey. Rotated on every node.</source>
        <translation>Redis 或 Valkey 用户。在每个节点上轮换。</translation>
    </message>
    <message>
        <source>An AWS access key. Replaced by a second key, then retired.</source>
        <translation>AWS 访问密钥。先换成第二个密钥，再停用旧的。</translation>
    </message>
    <message>
        <source>Anything that a program of yours can change.</source>
        <translation>可由自己的程序更改的任何东西。</translation>
    </message>
    <message>
        <source>A user and a password for a website, with one-time codes.</source>
        <translation>网站的用户名和密码，可带一次性验证码。</translation>
    </message>
    <message>
        <source>A key for an API. Kept and versioned.</source>
        <translation>API 的密钥，保存并保留各版本。</translation>
    </message>
    <message>
        <source>A certificate and its private key.</source>
        <translation>证书及其私钥。</translation>
    </message>
    <message>
        <source>A text that nobody else is to read.</source>
        <translation>不给别人看的文本。</translation>
    </message>
    <message>
        <source>Rotated by a plug-in.</source>
        <translation>由插件轮换。</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>expires {day}</source>
        <translation>{day}过期</translation>
    </message>
    <message>
        <source>due now</source>
        <translation>已到期</translation>
    </message>
    <message>
        <source>overdue {n} d</source>
        <translation>逾期 {n} 天</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>in {days}</source>
        <translation>{days}后</translation>
    </message>
    <message>
        <source>Gone in {days}</source>
        <translation>{days}后删除</translation>
    </message>
    <message>
        <source>Every year</source>
        <translation>每年</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>Every {n} days</source>
        <translation>每 {n} 天</translation>
    </message>
    <message>
        <source>By “{line}”</source>
        <translation>按“{line}”</translation>
    </message>
    <message>
        <source>Rotating {n} of {all}</source>
        <translation>轮换中 {n}/{all}</translation>
    </message>
    <message>
        <source>Stuck</source>
        <translation>受阻</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Failed, old kept</source>
        <translation>失败，保留旧值</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Due now</source>
        <translation>已到期</translation>
    </message>
    <message>
        <source>Due tomorrow</source>
        <translation>明天到期</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Expires soon</source>
        <translation>即将过期</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>弱</translation>
    </message>
    <message>
        <source>Old</source>
        <translation>陈旧</translation>
    </message>
    <message>
        <source>Current</source>
        <translation>当前</translation>
    </message>
</context>
<context>
    <name>CredentialsPage</name>
    <message>
        <source>Credentials</source>
        <translation>凭据</translation>
    </message>
    <message>
        <source>Filter credentials</source>
        <translation>筛选凭据</translation>
    </message>
    <message>
        <source>Show the bin</source>
        <translation>显示回收站</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Show all credentials</source>
        <translation>显示全部凭据</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Sort credentials: {column}</source>
        <translation>凭据排序：{column}</translation>
    </message>
    <message>
        <source>New credential</source>
        <translation>新建凭据</translation>
    </message>
    <message>
        <source>Import credentials…</source>
        <translation>导入凭据…</translation>
    </message>
    <message>
        <source>Export all credentials…</source>
        <translation>导出全部凭据…</translation>
    </message>
    <message>
        <source>Rotate due credentials</source>
        <translation>轮换到期的凭据</translation>
    </message>
    <message>
        <source>Bin of the credentials</source>
        <translation>凭据回收站</translation>
    </message>
    <message>
        <source>Open the credential</source>
        <translation>打开凭据</translation>
    </message>
    <message>
        <source>Copy the secret</source>
        <translation>复制机密</translation>
    </message>
    <message>
        <source>Rename the credential</source>
        <translation>重命名凭据</translation>
    </message>
    <message>
        <source>Move to the bin</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Menu of the credential</source>
        <translation>凭据的菜单</translation>
    </message>
    <message>
        <source>Show the bin: {n}</source>
        <translation>显示回收站：{n}</translation>
    </message>
    <message>
        <source>Leave the bin</source>
        <translation>离开回收站</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>{shown} of {n}</source>
        <translation>{shown} / {n}</translation>
    </message>
    <message>
        <source>No credential matches “{typed}”</source>
        <translation>没有凭据匹配“{typed}”</translation>
    </message>
    <message>
        <source>Names, identifiers, kinds, accounts, targets and tags were looked at.</source>
        <translation>已查找名称、标识符、类型、账户、目标和标签。</translation>
    </message>
    <message>
        <source>What is moved to the bin can be restored from here for 30 days.</source>
        <translation>移到回收站的凭据 30 天内可以在此恢复。</translation>
    </message>
    <message>
        <source>The bin is empty</source>
        <translation>回收站是空的</translation>
    </message>
</context>
<context>
    <name>DeleteKeyDialog</name>
    <message>
        <source>Delete the key “{name}”</source>
        <translation>删除密钥“{name}”</translation>
    </message>
    <message>
        <source>Schedule deletion</source>
        <translation>计划删除</translation>
    </message>
    <message>
        <source>Deleted for good</source>
        <translation>永久删除时间</translation>
    </message>
    <message>
        <source>Backups of the vault keep the key for up to four weeks longer.</source>
        <translation>保险库的备份还会保留此密钥，最长四周。</translation>
    </message>
    <message>
        <source>1 known file becomes unreadable.</source>
        <translation>1 个已知文件将无法读取。</translation>
    </message>
    <message>
        <source>{n} known files become unreadable.</source>
        <translation>{n} 个已知文件将无法读取。</translation>
    </message>
    <message>
        <source>So does everything else that only this key opens.</source>
        <translation>其他只能用此密钥解密的内容也将无法读取。</translation>
    </message>
    <message>
        <source>No known file needs this key.</source>
        <translation>没有已知文件需要此密钥。</translation>
    </message>
    <message>
        <source>Files that were sealed or opened elsewhere are not known here.</source>
        <translation>在别处加密或解密的文件不在已知范围内。</translation>
    </message>
    <message>
        <source>From now on nothing encrypts or opens with it. Until {day} the deletion can be taken back.</source>
        <translation>从现在起，无法再用它加密或解密。{day}之前可以取消删除。</translation>
    </message>
    <message>
        <source>In {days}, on {day}</source>
        <translation>{days}后（{day}）</translation>
    </message>
</context>
<context>
    <name>DesktopSection</name>
    <message>
        <source>Desktop</source>
        <translation>桌面</translation>
    </message>
    <message>
        <source>Keep in the tray when the window is closed</source>
        <translation>关闭窗口后保留在托盘中</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>The icon brings it back. Where the desktop has no tray, closing the window ends vaultapp.</source>
        <translation>点击托盘图标可重新打开窗口。如果桌面没有托盘，关闭窗口即退出 vaultapp。</translation>
    </message>
    <message>
        <source>The icon is in the tray then, and the vault stays locked until you unlock it.</source>
        <translation>启动后图标显示在托盘中，保险库在你解锁之前保持锁定。</translation>
    </message>
</context>
<context>
    <name>DestroyCredentialDialog</name>
    <message>
        <source>Delete “{name}” for good</source>
        <translation>永久删除“{name}”</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>All its values are gone at once, with its attachments.</source>
        <translation>它的所有值和附件会立即删除。</translation>
    </message>
    <message>
        <source>The target is not asked: what is valid there stays valid.</source>
        <translation>目标不会得到通知：在那里有效的值依然有效。</translation>
    </message>
    <message>
        <source>Backups of the vault keep it for up to four weeks longer.</source>
        <translation>保险库的备份最多会再保留它四周。</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>Details of {name}</source>
        <translation>{name} 的详情</translation>
    </message>
    <message>
        <source>Re-wrap to the newest version</source>
        <translation>重新封装到最新版本</translation>
    </message>
    <message>
        <source>Changes the header only; the content is not encrypted anew.</source>
        <translation>只更改文件头；内容不会重新加密。</translation>
    </message>
    <message>
        <source>Reading the header…</source>
        <translation>正在读取文件头…</translation>
    </message>
    <message>
        <source>Did not go well</source>
        <translation>处理失败</translation>
    </message>
    <message>
        <source>Links and devices left out</source>
        <translation>已跳过的链接和设备</translation>
    </message>
    <message>
        <source>Opens with</source>
        <translation>解密方式</translation>
    </message>
    <message>
        <source>What the header says</source>
        <translation>文件头信息</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>加密上下文</translation>
    </message>
    <message>
        <source>Readable by anybody; protected against changes.</source>
        <translation>任何人都能读取；受防篡改保护。</translation>
    </message>
    <message>
        <source>The end of this file is missing or damaged.</source>
        <translation>此文件的末尾缺失或已损坏。</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>另有 {n} 项</translation>
    </message>
    <message>
        <source>1 way</source>
        <translation>1 种</translation>
    </message>
    <message>
        <source>{n} ways</source>
        <translation>{n} 种</translation>
    </message>
    <message>
        <source>Opens here</source>
        <translation>可在此解密</translation>
    </message>
    <message>
        <source>A passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>{key}, version {n}</source>
        <translation>{key}，第 {n} 版</translation>
    </message>
    <message>
        <source>A key that is not here</source>
        <translation>此处没有的密钥</translation>
    </message>
    <message>
        <source>Whoever knows it, without a vault</source>
        <translation>知道口令即可解密，无需保险库</translation>
    </message>
    <message>
        <source>The newest version is {n}</source>
        <translation>最新为第 {n} 版</translation>
    </message>
    <message>
        <source>Also for the AWS Encryption SDK, with the exported key</source>
        <translation>导出密钥后，也可用 AWS Encryption SDK 解密</translation>
    </message>
    <message>
        <source>{n} of {size}</source>
        <translation>{n} 个，每个 {size}</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容大小</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>文件头大小</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签名</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Suite</source>
        <translation>算法套件</translation>
    </message>
    <message>
        <source>Message id</source>
        <translation>消息 ID</translation>
    </message>
</context>
<context>
    <name>DrillDialog</name>
    <message>
        <source>Drill with the recovery words</source>
        <translation>恢复词演练</translation>
    </message>
    <message>
        <source>Try the words</source>
        <translation>测试恢复词</translation>
    </message>
    <message>
        <source>Type them from the sheet. A copy of the vault is opened with nothing but these words and read whole; the vault itself is not touched.</source>
        <translation>照着恢复资料输入。演练只用这些恢复词打开保险库的一个副本并完整读取；保险库本身不会改动。</translation>
    </message>
    <message>
        <source>Recovery words</source>
        <translation>恢复词</translation>
    </message>
    <message>
        <source>{keys} and {records} were read with them. Put the sheet back in its place.</source>
        <translation>已用恢复词读取 {keys}和 {records}。请将恢复资料放回原处。</translation>
    </message>
    <message>
        <source>1 key</source>
        <translation>1 个密钥</translation>
    </message>
    <message>
        <source>{n} keys</source>
        <translation>{n} 个密钥</translation>
    </message>
    <message>
        <source>1 record</source>
        <translation>1 条记录</translation>
    </message>
    <message>
        <source>{n} records</source>
        <translation>{n} 条记录</translation>
    </message>
    <message>
        <source>The words open this vault.</source>
        <translation>这些恢复词可以打开此保险库。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>DropOptions</name>
    <message>
        <source>When files are dropped</source>
        <translation>拖入文件时</translation>
    </message>
    <message>
        <source>Encrypt with</source>
        <translation>加密方式</translation>
    </message>
    <message>
        <source>Save to</source>
        <translation>保存位置</translation>
    </message>
    <message>
        <source>Folders become</source>
        <translation>文件夹处理方式</translation>
    </message>
    <message>
        <source>Remove originals once verified</source>
        <translation>校验后删除原文件</translation>
    </message>
    <message>
        <source>Only after the encrypted copy was written and read back.</source>
        <translation>仅在加密文件写入并回读校验之后。</translation>
    </message>
    <message>
        <source>A passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Remove originals</source>
        <translation>删除原文件</translation>
    </message>
    <message>
        <source>Next to the original</source>
        <translation>原文件旁边</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>One archive each</source>
        <translation>每个文件夹一个归档</translation>
    </message>
    <message>
        <source>File by file</source>
        <translation>逐个文件</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>stop the drag</source>
        <translation>取消拖动</translation>
    </message>
</context>
<context>
    <name>DropPlan</name>
    <message>
        <source>Encrypt {files} with</source>
        <translation>加密 {files}，使用密钥</translation>
    </message>
    <message>
        <source>Encrypt {files} with a passphrase</source>
        <translation>用口令加密 {files}</translation>
    </message>
    <message>
        <source>Decrypt {files}</source>
        <translation>解密 {files}</translation>
    </message>
    <message>
        <source>Nothing here can be encrypted or decrypted</source>
        <translation>没有可加密或解密的内容</translation>
    </message>
    <message>
        <source>Saved to {folder}</source>
        <translation>保存到 {folder}</translation>
    </message>
    <message>
        <source>Saved next to the original</source>
        <translation>保存在原文件旁边</translation>
    </message>
    <message>
        <source>Saved next to the originals</source>
        <translation>保存在原文件旁边</translation>
    </message>
    <message>
        <source>Originals are removed once verified</source>
        <translation>校验后删除原文件</translation>
    </message>
    <message>
        <source>Originals stay where they are</source>
        <translation>原文件保留在原处</translation>
    </message>
    <message>
        <source>Keep {files} until you unlock</source>
        <translation>{files}留待解锁后处理</translation>
    </message>
    <message>
        <source>Offered once the vault is open</source>
        <translation>保险库解锁后再询问</translation>
    </message>
    <message>
        <source>Nothing is touched until then</source>
        <translation>在此之前不会改动任何文件</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} 及另外 {n} 项</translation>
    </message>
    <message>
        <source> and </source>
        <translation>、</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 个文件</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} 个文件</translation>
    </message>
    <message>
        <source>1 folder</source>
        <translation>1 个文件夹</translation>
    </message>
    <message>
        <source>{n} folders</source>
        <translation>{n} 个文件夹</translation>
    </message>
    <message>
        <source>{size} without what is in the folder</source>
        <translation>{size}（不含文件夹中的内容）</translation>
    </message>
    <message>
        <source>{size} without what is in the folders</source>
        <translation>{size}（不含文件夹中的内容）</translation>
    </message>
    <message>
        <source>1 has a damaged header and is asked about first</source>
        <translation>1 项的文件头已损坏，会先询问</translation>
    </message>
    <message>
        <source>{n} have a damaged header and are asked about first</source>
        <translation>{n} 项的文件头已损坏，会先询问</translation>
    </message>
    <message>
        <source>1 cannot be read and is left out</source>
        <translation>1 项无法读取，将跳过</translation>
    </message>
    <message>
        <source>{n} cannot be read and are left out</source>
        <translation>{n} 项无法读取，将跳过</translation>
    </message>
    <message>
        <source>1 is a link or a device and is left out</source>
        <translation>1 项是链接或设备，将跳过</translation>
    </message>
    <message>
        <source>{n} are links or devices and are left out</source>
        <translation>{n} 项是链接或设备，将跳过</translation>
    </message>
    <message>
        <source>, </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Drop files or folders here</source>
        <translation>将文件或文件夹拖入此处</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
</context>
<context>
    <name>DueOffer</name>
    <message>
        <source>1 credential is overdue for its rotation.</source>
        <translation>有 1 个凭据逾期未轮换。</translation>
    </message>
    <message>
        <source>{n} credentials are overdue for their rotation.</source>
        <translation>有 {n} 个凭据逾期未轮换。</translation>
    </message>
    <message>
        <source>Credentials rotate while the vault is unlocked.</source>
        <translation>保险库解锁期间凭据会自动轮换。</translation>
    </message>
    <message>
        <source>Rotate 1 due credential</source>
        <translation>轮换 1 个到期的凭据</translation>
    </message>
    <message>
        <source>Rotate {n} due credentials</source>
        <translation>轮换 {n} 个到期的凭据</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>EditField</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>EditedText</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>EmergencyDialog</name>
    <message>
        <source>The server was broken into</source>
        <translation>服务器被入侵</translation>
    </message>
    <message>
        <source>Rotate now</source>
        <translation>立即轮换</translation>
    </message>
    <message>
        <source>What is rotated</source>
        <translation>轮换范围</translation>
    </message>
    <message>
        <source>Only “{name}”</source>
        <translation>仅“{name}”</translation>
    </message>
    <message>
        <source>All {n} at {target}</source>
        <translation>{target} 上的全部 {n} 个</translation>
    </message>
    <message>
        <source>Each gets a new value, and the old one is refused at once: there is no time in which both work.</source>
        <translation>每个凭据都会得到新值，旧值立即失效：没有两者同时有效的时间。</translation>
    </message>
    <message>
        <source>Sessions that are open there with the old values are ended.</source>
        <translation>用旧值打开的会话会被终止。</translation>
    </message>
    <message>
        <source>Then each point is tried at the target, and you see what was proved.</source>
        <translation>随后在目标上逐项验证，并显示验证结果。</translation>
    </message>
    <message>
        <source>Programs that hold an old connection are cut off.</source>
        <translation>仍使用旧连接的程序会被断开。</translation>
    </message>
    <message>
        <source>Those that ask the vault again go on by themselves.</source>
        <translation>会重新向保险库取值的程序可以自行继续。</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} 等，另有 {n} 个</translation>
    </message>
</context>
<context>
    <name>EmptyCredentials</name>
    <message>
        <source>No credentials yet</source>
        <translation>还没有凭据</translation>
    </message>
    <message>
        <source>Programs ask for vault://name and always get the current password, even right after a rotation.</source>
        <translation>程序向 vault://name 取值，总能得到当前密码，轮换刚结束时也一样。</translation>
    </message>
    <message>
        <source>A database account</source>
        <translation>数据库账户</translation>
    </message>
    <message>
        <source>MySQL, PostgreSQL or Redis. Rotated while programs keep running.</source>
        <translation>MySQL、PostgreSQL 或 Redis。轮换时程序照常运行。</translation>
    </message>
    <message>
        <source>An AWS access key</source>
        <translation>AWS 访问密钥</translation>
    </message>
    <message>
        <source>Replaced by a second key, then retired.</source>
        <translation>先换成第二个密钥，再停用旧的。</translation>
    </message>
    <message>
        <source>A login, token or note</source>
        <translation>登录、令牌或便笺</translation>
    </message>
    <message>
        <source>Kept and versioned. You rotate it by hand.</source>
        <translation>保存并保留各版本，手动轮换。</translation>
    </message>
    <message>
        <source>New credential</source>
        <translation>新建凭据</translation>
    </message>
    <message>
        <source>Import from KeePass, Bitwarden or CSV…</source>
        <translation>从 KeePass、Bitwarden 或 CSV 导入…</translation>
    </message>
</context>
<context>
    <name>EncryptClipboard</name>
    <message>
        <source>The clipboard holds no text.</source>
        <translation>剪贴板中没有文本。</translation>
    </message>
    <message>
        <source>It is as it was.</source>
        <translation>剪贴板内容未变。</translation>
    </message>
    <message>
        <source>Not all of the clipboard&apos;s text is UTF-8.</source>
        <translation>剪贴板中的文本不全是 UTF-8 编码。</translation>
    </message>
    <message>
        <source>No key can encrypt now.</source>
        <translation>目前没有可用于加密的密钥。</translation>
    </message>
    <message>
        <source>Make one, or enable one.</source>
        <translation>请创建或启用一个密钥。</translation>
    </message>
    <message>
        <source>The clipboard is as it was.</source>
        <translation>剪贴板内容未变。</translation>
    </message>
    <message>
        <source>The clipboard holds an encrypted text already.</source>
        <translation>剪贴板中已是加密文本。</translation>
    </message>
    <message>
        <source>Something else was copied meanwhile.</source>
        <translation>在此期间复制了其他内容。</translation>
    </message>
    <message>
        <source>It was not encrypted.</source>
        <translation>新内容未加密。</translation>
    </message>
    <message>
        <source>Copy the text again.</source>
        <translation>请重新复制文本。</translation>
    </message>
    <message>
        <source>The clipboard is encrypted</source>
        <translation>剪贴板已加密</translation>
    </message>
    <message>
        <source>Encrypted with {key}. The plain text is no longer on the clipboard; paste as usual.</source>
        <translation>已用 {key} 加密。明文已不在剪贴板上；照常粘贴即可。</translation>
    </message>
    <message>
        <source>The clipboard did not take it.</source>
        <translation>无法写入剪贴板。</translation>
    </message>
    <message>
        <source>Unlock {name} to encrypt the clipboard.</source>
        <translation>要加密剪贴板，请解锁 {name}。</translation>
    </message>
    <message>
        <source>The clipboard holds {size} bytes of text; {limit} are the most for encrypted text.</source>
        <translation>剪贴板中的文本有 {size} 字节；加密文本最多 {limit} 字节。</translation>
    </message>
    <message>
        <source>It can become a sealed file.</source>
        <translation>可以存为加密文件。</translation>
    </message>
    <message>
        <source>Make a sealed file…</source>
        <translation>存为加密文件…</translation>
    </message>
    <message>
        <source>Make a sealed file</source>
        <translation>存为加密文件</translation>
    </message>
    <message>
        <source>Sealed files (*.sealed);;All files (*)</source>
        <translation>加密文件 (*.sealed);;所有文件 (*)</translation>
    </message>
    <message>
        <source>notes.txt</source>
        <translation>notes.txt</translation>
    </message>
    <message>
        <source>{path} was written.</source>
        <translation>已写入 {path}。</translation>
    </message>
    <message>
        <source>The plain text is still on the clipboard.</source>
        <translation>明文仍在剪贴板上。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Clear the clipboard</source>
        <translation>清空剪贴板</translation>
    </message>
    <message>
        <source>Encrypt clipboard</source>
        <translation>加密剪贴板</translation>
    </message>
</context>
<context>
    <name>EntryPanel</name>
    <message>
        <source>Details of {what}</source>
        <translation>详情：{what}</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>With</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>What is known of it</source>
        <translation>相关信息</translation>
    </message>
    <message>
        <source>In the log</source>
        <translation>日志记录</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作代码</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果代码</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Equal calls</source>
        <translation>相同调用次数</translation>
    </message>
    <message>
        <source>Each of them</source>
        <translation>各条记录</translation>
    </message>
    <message>
        <source>{n} entries</source>
        <translation>{n} 条记录</translation>
    </message>
    <message>
        <source>Process {pid}</source>
        <translation>进程 {pid}</translation>
    </message>
    <message>
        <source>and {n} more, down to number {last}</source>
        <translation>另有 {n} 条，直至编号 {last}</translation>
    </message>
    <message>
        <source>Entry {n}</source>
        <translation>第 {n} 条记录</translation>
    </message>
    <message>
        <source>Entries {first} to {last}</source>
        <translation>第 {first} 至 {last} 条记录</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Something went wrong inside vaultapp.</source>
        <translation>vaultapp 内部出错。</translation>
    </message>
    <message>
        <source>The vault and your files are as they were.</source>
        <translation>保险库和文件均未改动。</translation>
    </message>
    <message>
        <source>This cannot be done as it was asked.</source>
        <translation>无法按此要求执行。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>未作任何更改。</translation>
    </message>
    <message>
        <source>The data is damaged.</source>
        <translation>数据已损坏。</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>未写入任何内容。</translation>
    </message>
    <message>
        <source>Another system said no or did not answer.</source>
        <translation>另一系统拒绝了请求或没有响应。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation>未执行任何操作。</translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>未导出任何内容。</translation>
    </message>
    <message>
        <source>What was done before that stays.</source>
        <translation>此前已完成的部分会保留。</translation>
    </message>
    <message>
        <source>The passphrase is empty.</source>
        <translation>口令为空。</translation>
    </message>
    <message>
        <source>The passphrase is longer than 4,096 bytes.</source>
        <translation>口令超过 4,096 字节。</translation>
    </message>
    <message>
        <source>The passphrase is not UTF-8 text.</source>
        <translation>口令不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>The two passphrases are not the same.</source>
        <translation>两次输入的口令不一致。</translation>
    </message>
    <message>
        <source>There is no terminal to ask for the passphrase.</source>
        <translation>没有可供输入口令的终端。</translation>
    </message>
    <message>
        <source>Give it with a file or a descriptor.</source>
        <translation>请通过文件或文件描述符提供。</translation>
    </message>
    <message>
        <source>There is no terminal to ask for the new passphrase.</source>
        <translation>没有可供输入新口令的终端。</translation>
    </message>
    <message>
        <source>Give it with a file.</source>
        <translation>请通过文件提供。</translation>
    </message>
    <message>
        <source>There is no terminal to ask for the file&apos;s passphrase.</source>
        <translation>没有可供输入文件口令的终端。</translation>
    </message>
    <message>
        <source>There is no terminal to ask for the recovery words.</source>
        <translation>没有可供输入恢复词的终端。</translation>
    </message>
    <message>
        <source>Give them with a file.</source>
        <translation>请通过文件提供。</translation>
    </message>
    <message>
        <source>Another vault of this user has this id.</source>
        <translation>此用户的另一个保险库已使用此 ID。</translation>
    </message>
    <message>
        <source>This id is not a random one.</source>
        <translation>此 ID 不是随机生成的。</translation>
    </message>
    <message>
        <source>The name is empty.</source>
        <translation>名称为空。</translation>
    </message>
    <message>
        <source>The name is longer than 256 characters.</source>
        <translation>名称超过 256 个字符。</translation>
    </message>
    <message>
        <source>The name holds characters that cannot be seen.</source>
        <translation>名称含有不可见字符。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>This is not an alias.</source>
        <translation>这不是有效的别名。</translation>
    </message>
    <message>
        <source>Use up to 250 letters, digits, /, _ and -, not beginning with aws/.</source>
        <translation>最多 250 个字符，可用字母、数字、/、_ 和 -，不能以 aws/ 开头。</translation>
    </message>
    <message>
        <source>The description is longer than 8,192 characters.</source>
        <translation>描述超过 8,192 个字符。</translation>
    </message>
    <message>
        <source>A tag&apos;s name takes 1 to 128 characters, its value up to 256.</source>
        <translation>标签名称为 1 到 128 个字符，值最多 256 个字符。</translation>
    </message>
    <message>
        <source>A tag is written name=value.</source>
        <translation>标签的格式为“名称=值”。</translation>
    </message>
    <message>
        <source>A context pair is written name=value.</source>
        <translation>上下文键值对的格式为“名称=值”。</translation>
    </message>
    <message>
        <source>The context is not UTF-8 text.</source>
        <translation>上下文不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>The context is longer than 65,535 bytes.</source>
        <translation>上下文超过 65,535 字节。</translation>
    </message>
    <message>
        <source>A context pair has an empty name.</source>
        <translation>上下文键值对的名称为空。</translation>
    </message>
    <message>
        <source>A file takes at most 15 keys.</source>
        <translation>一个文件最多使用 15 个密钥。</translation>
    </message>
    <message>
        <source>More passphrases were given than a file may have.</source>
        <translation>提供的口令超过一个文件允许的数量。</translation>
    </message>
    <message>
        <source>Nobody could open the file: no key and no passphrase was given.</source>
        <translation>这样加密的文件无人能打开：既未指定密钥，也未提供口令。</translation>
    </message>
    <message>
        <source>No key of this kind can be made here.</source>
        <translation>此处无法创建这种类型的密钥。</translation>
    </message>
    <message>
        <source>The key&apos;s material came from elsewhere and cannot be rotated here.</source>
        <translation>密钥材料来自外部，无法在此轮换。</translation>
    </message>
    <message>
        <source>The key does not wait for its deletion.</source>
        <translation>此密钥未计划删除。</translation>
    </message>
    <message>
        <source>A key is deleted after 7 to 30 days.</source>
        <translation>密钥的删除等待期为 7 至 30 天。</translation>
    </message>
    <message>
        <source>The primary version cannot be disabled.</source>
        <translation>主版本不能停用。</translation>
    </message>
    <message>
        <source>Rotate the key first.</source>
        <translation>请先轮换密钥。</translation>
    </message>
    <message>
        <source>A key is rotated every 1 to 3,650 days.</source>
        <translation>密钥的轮换周期为 1 至 3,650 天。</translation>
    </message>
    <message>
        <source>The file has too many frames of this length.</source>
        <translation>按此帧长，文件的帧数过多。</translation>
    </message>
    <message>
        <source>A frame takes 1 byte to 64 MiB.</source>
        <translation>帧的长度须为 1 字节至 64 MiB。</translation>
    </message>
    <message>
        <source>Only one file at a time goes to standard output.</source>
        <translation>每次只能将一个文件写到标准输出。</translation>
    </message>
    <message>
        <source>A stream has no name to make a file under.</source>
        <translation>数据流没有名称，无法据此为文件命名。</translation>
    </message>
    <message>
        <source>Let it go to standard output.</source>
        <translation>请将结果写到标准输出。</translation>
    </message>
    <message>
        <source>Too many files were named at once.</source>
        <translation>一次指定的文件过多。</translation>
    </message>
    <message>
        <source>A vault locks after at most a day without input.</source>
        <translation>保险库最迟在一天无操作后锁定。</translation>
    </message>
    <message>
        <source>Choose less, or never.</source>
        <translation>请选择更短的时间，或选择“从不”。</translation>
    </message>
    <message>
        <source>The place for the backup is not an absolute path.</source>
        <translation>备份的保存位置不是绝对路径。</translation>
    </message>
    <message>
        <source>A reference is written vault://NAME#FIELD.</source>
        <translation>引用写作 vault://名称#字段。</translation>
    </message>
    <message>
        <source>A reference in the template is not closed by two braces.</source>
        <translation>模板中的一个引用没有以两个花括号结束。</translation>
    </message>
    <message>
        <source>The template is not UTF-8 text.</source>
        <translation>模板不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Line {line} of the environment file is not NAME=value.</source>
        <translation>环境文件第 {line} 行不是“名称=值”的形式。</translation>
    </message>
    <message>
        <source>The beginning of identifiers takes letters, digits and /_+=.@- only.</source>
        <translation>标识符前缀只能含字母、数字和 /_+=.@-。</translation>
    </message>
    <message>
        <source>The file is too large to be read in.</source>
        <translation>文件过大，无法导入。</translation>
    </message>
    <message>
        <source>No credential of this kind can be kept here.</source>
        <translation>此处无法保存这种类型的凭据。</translation>
    </message>
    <message>
        <source>“{field}” is missing.</source>
        <translation>缺少“{field}”。</translation>
    </message>
    <message>
        <source>“{field}” cannot have this value.</source>
        <translation>“{field}”不能是这个值。</translation>
    </message>
    <message>
        <source>The connection has no setting “{field}”.</source>
        <translation>连接没有“{field}”这项设置。</translation>
    </message>
    <message>
        <source>“{field}” is a number of minutes, at most 43,200.</source>
        <translation>“{field}”是分钟数，最多 43,200。</translation>
    </message>
    <message>
        <source>“{field}” is a number from 1 to 65,535.</source>
        <translation>“{field}”是 1 到 65,535 之间的数字。</translation>
    </message>
    <message>
        <source>The secrets of this kind are made elsewhere and only kept here.</source>
        <translation>这种类型的机密在别处生成，此处只保存。</translation>
    </message>
    <message>
        <source>A field&apos;s name takes 1 to 128 characters, without #.</source>
        <translation>字段名为 1 到 128 个字符，不含 #。</translation>
    </message>
    <message>
        <source>The value has more than 64 KiB.</source>
        <translation>值超过 64 KiB。</translation>
    </message>
    <message>
        <source>Attach it, or encrypt it as a file.</source>
        <translation>可添加为附件，或作为文件加密。</translation>
    </message>
    <message>
        <source>This is not an identifier.</source>
        <translation>这不是标识符。</translation>
    </message>
    <message>
        <source>Use up to 512 letters, digits, /, _, +, =, ., @ and -, without a slash at the ends or two in a row.</source>
        <translation>最多 512 个字母、数字、/、_、+、=、.、@ 和 -，两端不能有斜杠，也不能连续两个。</translation>
    </message>
    <message>
        <source>The identifier looks like an id.</source>
        <translation>标识符看起来像 ID。</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>请选择另一个。</translation>
    </message>
    <message>
        <source>It would expire before it can be used.</source>
        <translation>它在可用之前就会过期。</translation>
    </message>
    <message>
        <source>A credential lies in the bin for 7 to 30 days.</source>
        <translation>凭据在回收站中保留 7 到 30 天。</translation>
    </message>
    <message>
        <source>The credential is not in the bin.</source>
        <translation>凭据不在回收站中。</translation>
    </message>
    <message>
        <source>The current version cannot be disabled.</source>
        <translation>当前版本不能停用。</translation>
    </message>
    <message>
        <source>Give it a new value first.</source>
        <translation>请先为它设置新值。</translation>
    </message>
    <message>
        <source>No characters are left to make a password of.</source>
        <translation>没有剩下可用于生成密码的字符。</translation>
    </message>
    <message>
        <source>Allow letters, digits or symbols.</source>
        <translation>请允许字母、数字或符号。</translation>
    </message>
    <message>
        <source>All characters of a set are excluded.</source>
        <translation>某个字符集的所有字符都被排除了。</translation>
    </message>
    <message>
        <source>Exclude fewer, or leave out the whole set.</source>
        <translation>少排除一些，或整个字符集都不用。</translation>
    </message>
    <message>
        <source>A password takes 4 to 1,024 characters.</source>
        <translation>密码为 4 到 1,024 个字符。</translation>
    </message>
    <message>
        <source>The secret is empty.</source>
        <translation>机密为空。</translation>
    </message>
    <message>
        <source>The secret is not UTF-8 text.</source>
        <translation>机密不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>There is no terminal to ask for “{field}”.</source>
        <translation>没有终端可供输入“{field}”。</translation>
    </message>
    <message>
        <source>One-time codes are made by time only, not by count.</source>
        <translation>一次性验证码只按时间生成，不按次数。</translation>
    </message>
    <message>
        <source>One-time codes of this form are not known here.</source>
        <translation>此处不支持这种形式的一次性验证码。</translation>
    </message>
    <message>
        <source>“{field}” is neither a base 32 seed nor an otpauth address.</source>
        <translation>“{field}”既不是 base 32 种子，也不是 otpauth 地址。</translation>
    </message>
    <message>
        <source>This cannot be the name of an attachment.</source>
        <translation>这不能用作附件名。</translation>
    </message>
    <message>
        <source>A credential takes at most 50 attachments.</source>
        <translation>一个凭据最多 50 个附件。</translation>
    </message>
    <message>
        <source>A credential rotates after days or at certain times, not both.</source>
        <translation>凭据按天数或按指定时间轮换，不能两者都用。</translation>
    </message>
    <message>
        <source>A credential rotates every 1 to 3,650 days.</source>
        <translation>凭据的轮换周期为 1 到 3,650 天。</translation>
    </message>
    <message>
        <source>This is not a line of times.</source>
        <translation>这不是时间表达式。</translation>
    </message>
    <message>
        <source>Give minute, hour, day, month and day of the week, as in 30 2 * * sun.</source>
        <translation>依次给出分、时、日、月、星期，例如 30 2 * * sun。</translation>
    </message>
    <message>
        <source>No time fits this line.</source>
        <translation>没有时间符合这个表达式。</translation>
    </message>
    <message>
        <source>A window begins within the day and takes at most a day.</source>
        <translation>时段须在一天内开始，最长一天。</translation>
    </message>
    <message>
        <source>The pending value leads to another target.</source>
        <translation>待定的值指向另一个目标。</translation>
    </message>
    <message>
        <source>Cancel the rotation, and begin anew.</source>
        <translation>取消轮换，再重新开始。</translation>
    </message>
    <message>
        <source>A trigger watches either a file or a command.</source>
        <translation>触发器监视一个文件或一个命令，二者选一。</translation>
    </message>
    <message>
        <source>The place of the file is not an absolute path.</source>
        <translation>文件位置不是绝对路径。</translation>
    </message>
    <message>
        <source>The trigger names no credential.</source>
        <translation>触发器没有指定凭据。</translation>
    </message>
    <message>
        <source>A command is tried every 5 seconds to every day.</source>
        <translation>命令的尝试间隔为 5 秒到 1 天。</translation>
    </message>
    <message>
        <source>“{field}” cannot be taken like this.</source>
        <translation>“{field}”的值无效。</translation>
    </message>
    <message>
        <source>What was given is not UTF-8 text.</source>
        <translation>提供的内容不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>This cannot be taken.</source>
        <translation>提供的内容无效。</translation>
    </message>
    <message>
        <source>This program may not ask that.</source>
        <translation>不允许此程序执行该操作。</translation>
    </message>
    <message>
        <source>Give the passphrase first.</source>
        <translation>请先输入口令。</translation>
    </message>
    <message>
        <source>The vault is locked.</source>
        <translation>保险库已锁定。</translation>
    </message>
    <message>
        <source>Unlock it first.</source>
        <translation>请先解锁。</translation>
    </message>
    <message>
        <source>There is no vault at “{path}”.</source>
        <translation>“{path}”处没有保险库。</translation>
    </message>
    <message>
        <source>Make one, or choose another.</source>
        <translation>请新建保险库，或选择其他保险库。</translation>
    </message>
    <message>
        <source>There is no vault here.</source>
        <translation>此处没有保险库。</translation>
    </message>
    <message>
        <source>There is a vault at “{path}” already.</source>
        <translation>“{path}”处已有保险库。</translation>
    </message>
    <message>
        <source>It is as it was.</source>
        <translation>原有内容未改动。</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>There is a vault already.</source>
        <translation>此处已有保险库。</translation>
    </message>
    <message>
        <source>This passphrase does not open the vault.</source>
        <translation>此口令无法打开保险库。</translation>
    </message>
    <message>
        <source>The vault is as it was.</source>
        <translation>保险库未改动。</translation>
    </message>
    <message>
        <source>There were too many wrong passphrases.</source>
        <translation>口令错误次数过多。</translation>
    </message>
    <message>
        <source>Try again in 1 s.</source>
        <translation>请在 1 秒后重试。</translation>
    </message>
    <message>
        <source>Try again in {seconds} s.</source>
        <translation>请在 {seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>Try again in a minute.</source>
        <translation>请在 1 分钟后重试。</translation>
    </message>
    <message>
        <source>Recovery words are 24; these are none, or far too many.</source>
        <translation>恢复词共 24 个；没有输入恢复词，或输入的词过多。</translation>
    </message>
    <message>
        <source>Recovery words are 24; these are {position:count}.</source>
        <translation>恢复词共 24 个；输入了 {position:count} 个。</translation>
    </message>
    <message>
        <source>Recovery words are 24; these are more or fewer.</source>
        <translation>恢复词共 24 个；输入的数量不符。</translation>
    </message>
    <message>
        <source>Word {position} is not one of the recovery words.</source>
        <translation>第 {position} 个词不是有效的恢复词。</translation>
    </message>
    <message>
        <source>Compare it with the printed kit.</source>
        <translation>请与打印的恢复资料核对。</translation>
    </message>
    <message>
        <source>The recovery words are mistyped.</source>
        <translation>恢复词输入有误。</translation>
    </message>
    <message>
        <source>Compare them with the printed kit.</source>
        <translation>请与打印的恢复资料核对。</translation>
    </message>
    <message>
        <source>These recovery words are sound, but belong to another vault or to an older kit.</source>
        <translation>这些恢复词本身有效，但属于其他保险库或较旧的恢复资料。</translation>
    </message>
    <message>
        <source>Look for this vault&apos;s newest kit.</source>
        <translation>请查找此保险库最新的恢复资料。</translation>
    </message>
    <message>
        <source>This vault has no recovery words.</source>
        <translation>此保险库没有恢复词。</translation>
    </message>
    <message>
        <source>This vault has no passphrase.</source>
        <translation>此保险库没有口令。</translation>
    </message>
    <message>
        <source>Unlock it with its recovery words.</source>
        <translation>请使用恢复词解锁。</translation>
    </message>
    <message>
        <source>The vault cannot be opened that way.</source>
        <translation>无法用这种方式打开保险库。</translation>
    </message>
    <message>
        <source>This is the last way to open the vault.</source>
        <translation>这是此保险库的最后一种解锁方式。</translation>
    </message>
    <message>
        <source>Add another way first.</source>
        <translation>请先添加其他解锁方式。</translation>
    </message>
    <message>
        <source>This vault is not the one that was used here last: both have gone on from the same copy.</source>
        <translation>这不是上次在此使用的保险库：两者源自同一副本，之后各自有了更改。</translation>
    </message>
    <message>
        <source>Nothing was opened.</source>
        <translation>未打开任何内容。</translation>
    </message>
    <message>
        <source>Find out which copy has what you need before you accept this one.</source>
        <translation>接受此副本前，请先确认所需的内容在哪个副本中。</translation>
    </message>
    <message>
        <source>This is an older copy of the vault than the one used here last.</source>
        <translation>这个保险库副本比上次在此使用的旧。</translation>
    </message>
    <message>
        <source>Look for the newer file, or accept the older one.</source>
        <translation>请查找较新的文件，或接受这个较旧的副本。</translation>
    </message>
    <message>
        <source>This file is not a vault.</source>
        <translation>此文件不是保险库。</translation>
    </message>
    <message>
        <source>It was not touched.</source>
        <translation>文件未改动。</translation>
    </message>
    <message>
        <source>The vault file is damaged.</source>
        <translation>保险库文件已损坏。</translation>
    </message>
    <message>
        <source>Nothing was written to it.</source>
        <translation>未向其中写入任何内容。</translation>
    </message>
    <message>
        <source>Restore a backup.</source>
        <translation>请从备份恢复。</translation>
    </message>
    <message>
        <source>Records of the vault were swapped.</source>
        <translation>保险库中的记录被调换。</translation>
    </message>
    <message>
        <source>Nothing of it was used.</source>
        <translation>未使用其中的任何内容。</translation>
    </message>
    <message>
        <source>Restore a backup, or check how the file came to be like this.</source>
        <translation>请从备份恢复，或查明文件为何变成这样。</translation>
    </message>
    <message>
        <source>Records of the vault are missing.</source>
        <translation>保险库中缺少记录。</translation>
    </message>
    <message>
        <source>Records were added to the vault from outside.</source>
        <translation>保险库中有从外部添加的记录。</translation>
    </message>
    <message>
        <source>Records of the vault were put back to an older state.</source>
        <translation>保险库中有多条记录被退回到旧状态。</translation>
    </message>
    <message>
        <source>A record of the vault was copied.</source>
        <translation>保险库中有一条记录被复制。</translation>
    </message>
    <message>
        <source>A record of the vault was put back to an older state.</source>
        <translation>保险库中有一条记录被退回到旧状态。</translation>
    </message>
    <message>
        <source>A record of the vault was changed from outside.</source>
        <translation>保险库中有一条记录被从外部更改。</translation>
    </message>
    <message>
        <source>The vault&apos;s key slots were changed from outside.</source>
        <translation>保险库的解锁方式被从外部更改。</translation>
    </message>
    <message>
        <source>The vault&apos;s own seal was changed from outside.</source>
        <translation>保险库的完整性校验值被从外部更改。</translation>
    </message>
    <message>
        <source>The vault&apos;s tables were changed from outside.</source>
        <translation>保险库的数据表被从外部更改。</translation>
    </message>
    <message>
        <source>Something that runs by itself was put into the vault file.</source>
        <translation>保险库文件中被放入了会自动运行的内容。</translation>
    </message>
    <message>
        <source>Something was put into the vault file that does not belong there.</source>
        <translation>保险库文件中被放入了不属于它的内容。</translation>
    </message>
    <message>
        <source>A journal that is not the vault&apos;s own lies beside it.</source>
        <translation>保险库文件旁有一个不属于它的事务日志。</translation>
    </message>
    <message>
        <source>The activity log was changed: entry {sequence} is not as it was written.</source>
        <translation>活动日志被更改：第 {sequence} 条记录与写入时不一致。</translation>
    </message>
    <message>
        <source>The keys are not concerned.</source>
        <translation>密钥不受影响。</translation>
    </message>
    <message>
        <source>The vault was changed from outside.</source>
        <translation>保险库被从外部更改。</translation>
    </message>
    <message>
        <source>A newer vaultapp wrote this vault.</source>
        <translation>此保险库由更新版本的 vaultapp 写入。</translation>
    </message>
    <message>
        <source>Open it with the newer version.</source>
        <translation>请用新版本打开。</translation>
    </message>
    <message>
        <source>Another program has the vault at “{path}”.</source>
        <translation>“{path}”处的保险库正被其他程序使用。</translation>
    </message>
    <message>
        <source>Close it there, or wait until it has ended.</source>
        <translation>请在该程序中关闭保险库，或等待该程序结束。</translation>
    </message>
    <message>
        <source>Another program has the vault.</source>
        <translation>保险库正被其他程序使用。</translation>
    </message>
    <message>
        <source>The vault file was changed or replaced by something else.</source>
        <translation>保险库文件被其他程序更改或替换。</translation>
    </message>
    <message>
        <source>Lock and unlock to go on with the file that is there now.</source>
        <translation>要继续使用当前的文件，请锁定后重新解锁。</translation>
    </message>
    <message>
        <source>No key is called “{name}”.</source>
        <translation>没有名为“{name}”的密钥。</translation>
    </message>
    <message>
        <source>The key has no version “{name}”.</source>
        <translation>此密钥没有版本“{name}”。</translation>
    </message>
    <message>
        <source>The key has no alias “{name}”.</source>
        <translation>此密钥没有别名“{name}”。</translation>
    </message>
    <message>
        <source>There is no folder “{name}”.</source>
        <translation>文件夹“{name}”不存在。</translation>
    </message>
    <message>
        <source>Make it, or choose another.</source>
        <translation>请新建该文件夹，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>There is no backup “{name}”.</source>
        <translation>备份“{name}”不存在。</translation>
    </message>
    <message>
        <source>There is no file “{name}”.</source>
        <translation>文件“{name}”不存在。</translation>
    </message>
    <message>
        <source>There is no key slot “{name}”.</source>
        <translation>解锁方式“{name}”不存在。</translation>
    </message>
    <message>
        <source>No credential is called “{name}”.</source>
        <translation>没有名为“{name}”的凭据。</translation>
    </message>
    <message>
        <source>The credential has no version “{name}”.</source>
        <translation>凭据没有版本“{name}”。</translation>
    </message>
    <message>
        <source>The credential has no field “{name}”.</source>
        <translation>凭据没有字段“{name}”。</translation>
    </message>
    <message>
        <source>The credential has no attachment “{name}”.</source>
        <translation>凭据没有附件“{name}”。</translation>
    </message>
    <message>
        <source>No credential that can be rotated is used at “{name}”.</source>
        <translation>没有可轮换的凭据用于“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” was never rotated.</source>
        <translation>“{name}”从未轮换过。</translation>
    </message>
    <message>
        <source>Nothing is watched under the name “{name}”.</source>
        <translation>没有名为“{name}”的监视。</translation>
    </message>
    <message>
        <source>No plug-in “{name}” is installed.</source>
        <translation>没有安装插件“{name}”。</translation>
    </message>
    <message>
        <source>Install it into the environment that vaultapp runs in.</source>
        <translation>请安装到 vaultapp 所在的环境中。</translation>
    </message>
    <message>
        <source>“{name}” is not in the vault.</source>
        <translation>保险库中没有“{name}”。</translation>
    </message>
    <message>
        <source>This is not there.</source>
        <translation>该项不存在。</translation>
    </message>
    <message>
        <source>“{name}” is the name or identifier of a credential already, if only of one in the bin.</source>
        <translation>“{name}”已是某个凭据的名称或标识符，即使它在回收站中。</translation>
    </message>
    <message>
        <source>“{name}” is the name or alias of a key already.</source>
        <translation>“{name}”已是某个密钥的名称或别名。</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>The name looks like an id.</source>
        <translation>名称看起来像 ID。</translation>
    </message>
    <message>
        <source>At most 50 tags are taken.</source>
        <translation>最多 50 个标签。</translation>
    </message>
    <message>
        <source>All of it has more than 256 MiB.</source>
        <translation>全部内容超过 256 MiB。</translation>
    </message>
    <message>
        <source>Export it in parts.</source>
        <translation>请分几部分导出。</translation>
    </message>
    <message>
        <source>This cannot be the path of a file.</source>
        <translation>这不能作为文件路径。</translation>
    </message>
    <message>
        <source>What “{field}” stands for has a zero byte in it.</source>
        <translation>“{field}”所指的内容含有零字节。</translation>
    </message>
    <message>
        <source>A key has this name or alias already.</source>
        <translation>已有密钥使用此名称或别名。</translation>
    </message>
    <message>
        <source>No key here opens this text. It needs “{key}”.</source>
        <translation>这里没有能打开此文本的密钥，需要“{key}”。</translation>
    </message>
    <message>
        <source>No key here opens this file. It needs “{key}”.</source>
        <translation>这里没有能打开此文件的密钥，需要“{key}”。</translation>
    </message>
    <message>
        <source>No key here opens this.</source>
        <translation>这里没有能打开此内容的密钥。</translation>
    </message>
    <message>
        <source>“{key}” is disabled.</source>
        <translation>“{key}”已停用。</translation>
    </message>
    <message>
        <source>Enable it first.</source>
        <translation>请先启用。</translation>
    </message>
    <message>
        <source>Version {version} of “{key}” is disabled.</source>
        <translation>“{key}”的第 {version} 版已停用。</translation>
    </message>
    <message>
        <source>The key is disabled.</source>
        <translation>密钥已停用。</translation>
    </message>
    <message>
        <source>“{key}” waits for its deletion.</source>
        <translation>“{key}”已计划删除。</translation>
    </message>
    <message>
        <source>Take the deletion back and enable it first.</source>
        <translation>请先取消删除并启用该密钥。</translation>
    </message>
    <message>
        <source>The key waits for its deletion.</source>
        <translation>密钥已计划删除。</translation>
    </message>
    <message>
        <source>Version {version} of “{key}” has been used as often as is safe.</source>
        <translation>“{key}”的第 {version} 版已达到安全使用次数的上限。</translation>
    </message>
    <message>
        <source>Rotate the key.</source>
        <translation>请轮换密钥。</translation>
    </message>
    <message>
        <source>The key has been used as often as is safe.</source>
        <translation>密钥已达到安全使用次数的上限。</translation>
    </message>
    <message>
        <source>Only a passphrase opens this file.</source>
        <translation>此文件只能用口令打开。</translation>
    </message>
    <message>
        <source>Give its passphrase.</source>
        <translation>请输入此文件的口令。</translation>
    </message>
    <message>
        <source>The file&apos;s context does not hold what was asked for.</source>
        <translation>文件的上下文中没有所要求的内容。</translation>
    </message>
    <message>
        <source>This is bound to another context.</source>
        <translation>此内容绑定了其他上下文。</translation>
    </message>
    <message>
        <source>Give the context it was made with.</source>
        <translation>请提供加密时使用的上下文。</translation>
    </message>
    <message>
        <source>“{name}” cannot be used: names that begin with aws-crypto- or vaultapp- are kept for programs.</source>
        <translation>不能使用“{name}”：以 aws-crypto- 或 vaultapp- 开头的名称保留给程序使用。</translation>
    </message>
    <message>
        <source>Names that begin with aws-crypto- or vaultapp- are kept for programs.</source>
        <translation>以 aws-crypto- 或 vaultapp- 开头的名称保留给程序使用。</translation>
    </message>
    <message>
        <source>The text has {size:count} bytes; {limit:count} are the most.</source>
        <translation>文本有 {size:count} 字节；上限为 {limit:count} 字节。</translation>
    </message>
    <message>
        <source>Encrypt it as a file.</source>
        <translation>请将其作为文件加密。</translation>
    </message>
    <message>
        <source>The text is longer than 4,096 bytes.</source>
        <translation>文本超过 4,096 字节。</translation>
    </message>
    <message>
        <source>This text was changed, or it needs another context.</source>
        <translation>此文本已被更改，或需要其他上下文。</translation>
    </message>
    <message>
        <source>This passphrase does not open the file, or the file was changed.</source>
        <translation>此口令无法打开文件，或文件已被更改。</translation>
    </message>
    <message>
        <source>The encrypted copy is not on the disk as it was written.</source>
        <translation>磁盘上的加密副本与写入的内容不一致。</translation>
    </message>
    <message>
        <source>The original is kept.</source>
        <translation>原文件已保留。</translation>
    </message>
    <message>
        <source>Check the disk, and encrypt it again.</source>
        <translation>请检查磁盘，然后重新加密。</translation>
    </message>
    <message>
        <source>This file was changed or cut short.</source>
        <translation>此文件已被更改或不完整。</translation>
    </message>
    <message>
        <source>The text is cut short.</source>
        <translation>文本不完整。</translation>
    </message>
    <message>
        <source>Copy all of it.</source>
        <translation>请复制完整的文本。</translation>
    </message>
    <message>
        <source>The text is damaged.</source>
        <translation>文本已损坏。</translation>
    </message>
    <message>
        <source>The file is cut short.</source>
        <translation>文件不完整。</translation>
    </message>
    <message>
        <source>Fetch all of it again.</source>
        <translation>请重新获取完整的文件。</translation>
    </message>
    <message>
        <source>Something was added to the end of the file.</source>
        <translation>文件末尾被添加了内容。</translation>
    </message>
    <message>
        <source>The archive inside the file is damaged.</source>
        <translation>文件内的归档已损坏。</translation>
    </message>
    <message>
        <source>Nothing was unpacked.</source>
        <translation>未解包任何内容。</translation>
    </message>
    <message>
        <source>The two programs of vaultapp do not understand each other; one of them is of another version.</source>
        <translation>vaultapp 的两个程序无法互通；其中一个的版本不同。</translation>
    </message>
    <message>
        <source>The file is damaged.</source>
        <translation>文件已损坏。</translation>
    </message>
    <message>
        <source>This text is too long to look for an encrypted one in it.</source>
        <translation>文本过长，无法在其中查找加密文本。</translation>
    </message>
    <message>
        <source>Take only the part that begins with vlt1.</source>
        <translation>请只取以 vlt1 开头的部分。</translation>
    </message>
    <message>
        <source>There is no encrypted text in this.</source>
        <translation>其中没有加密文本。</translation>
    </message>
    <message>
        <source>It begins with vlt1.</source>
        <translation>加密文本以 vlt1 开头。</translation>
    </message>
    <message>
        <source>This is the text form of an encrypted file.</source>
        <translation>这是加密文件的文本形式。</translation>
    </message>
    <message>
        <source>Decode it from base64 first.</source>
        <translation>请先进行 base64 解码。</translation>
    </message>
    <message>
        <source>The file is empty, so it is not an encrypted one.</source>
        <translation>文件为空，不是加密文件。</translation>
    </message>
    <message>
        <source>This is not an encrypted file.</source>
        <translation>此文件不是加密文件。</translation>
    </message>
    <message>
        <source>This is an encrypted export of Bitwarden.</source>
        <translation>这是 Bitwarden 的加密导出文件。</translation>
    </message>
    <message>
        <source>Export it there as .json, not encrypted.</source>
        <translation>请在那里导出为未加密的 .json 文件。</translation>
    </message>
    <message>
        <source>No column of this table is known as a password, a name or an address.</source>
        <translation>此表格中没有可识别的密码、名称或网址列。</translation>
    </message>
    <message>
        <source>Its first line must name the columns.</source>
        <translation>第一行必须是列名。</translation>
    </message>
    <message>
        <source>This is no file that credentials can be read from.</source>
        <translation>无法从此文件读取凭据。</translation>
    </message>
    <message>
        <source>Known are CSV, Bitwarden&apos;s JSON, KeePass databases and sealed exports.</source>
        <translation>可识别 CSV、Bitwarden 的 JSON、KeePass 数据库和加密导出文件。</translation>
    </message>
    <message>
        <source>This is of a form that is not known here ({found}).</source>
        <translation>无法识别此格式（{found}）。</translation>
    </message>
    <message>
        <source>A newer vaultapp may know it.</source>
        <translation>较新版本的 vaultapp 也许能识别。</translation>
    </message>
    <message>
        <source>This is of a form that is not known here.</source>
        <translation>无法识别此格式。</translation>
    </message>
    <message>
        <source>The memory that this passphrase asks for, {value} KiB, is outside the limit of {limit} KiB.</source>
        <translation>此口令要求的内存为 {value} KiB，不在允许范围内（界限 {limit} KiB）。</translation>
    </message>
    <message>
        <source>No memory was taken and nothing was opened.</source>
        <translation>未占用内存，也未打开任何内容。</translation>
    </message>
    <message>
        <source>The passes that this passphrase asks for, {value}, are outside the limit of {limit}.</source>
        <translation>此口令要求的轮数为 {value}，不在允许范围内（界限 {limit}）。</translation>
    </message>
    <message>
        <source>The lanes that this passphrase asks for, {value}, are outside the limit of {limit}.</source>
        <translation>此口令要求的并行度为 {value}，不在允许范围内（界限 {limit}）。</translation>
    </message>
    <message>
        <source>The work that this passphrase asks for is outside the limit.</source>
        <translation>此口令要求的计算量不在允许范围内。</translation>
    </message>
    <message>
        <source>The salt of this passphrase has the wrong length.</source>
        <translation>此口令的盐值长度不正确。</translation>
    </message>
    <message>
        <source>The archive&apos;s links take {value:size} of memory; {limit:size} are the most.</source>
        <translation>归档中的链接占用 {value:size} 内存；上限为 {limit:size}。</translation>
    </message>
    <message>
        <source>The file asks for too much: {field} is {value}, the limit {limit}.</source>
        <translation>文件的要求超出限制：{field} 为 {value}，上限为 {limit}。</translation>
    </message>
    <message>
        <source>The file asks for too much.</source>
        <translation>文件的要求超出限制。</translation>
    </message>
    <message>
        <source>The archive holds “{name}”, which would leave its folder or is neither file, folder nor link.</source>
        <translation>归档中的“{name}”会落到文件夹之外，或不属于文件、文件夹和链接。</translation>
    </message>
    <message>
        <source>The archive holds something that would leave its folder.</source>
        <translation>归档中有会落到文件夹之外的内容。</translation>
    </message>
    <message>
        <source>“{credential}” lies in the bin.</source>
        <translation>“{credential}”在回收站中。</translation>
    </message>
    <message>
        <source>Take it out of the bin first.</source>
        <translation>先从回收站还原。</translation>
    </message>
    <message>
        <source>The credential lies in the bin.</source>
        <translation>该凭据在回收站中。</translation>
    </message>
    <message>
        <source>This version of “{credential}” is disabled.</source>
        <translation>“{credential}”的这个版本已停用。</translation>
    </message>
    <message>
        <source>This version of “{credential}” is not in use yet.</source>
        <translation>“{credential}”的这个版本尚未生效。</translation>
    </message>
    <message>
        <source>Change when it starts.</source>
        <translation>请更改生效时间。</translation>
    </message>
    <message>
        <source>This version of “{credential}” has expired.</source>
        <translation>“{credential}”的这个版本已过期。</translation>
    </message>
    <message>
        <source>Give it a new value.</source>
        <translation>请设置新值。</translation>
    </message>
    <message>
        <source>This version is not in use.</source>
        <translation>该版本不在使用中。</translation>
    </message>
    <message>
        <source>“{credential}” is being rotated.</source>
        <translation>“{credential}”正在轮换。</translation>
    </message>
    <message>
        <source>Wait until that has ended, or cancel it.</source>
        <translation>等待轮换结束，或将其取消。</translation>
    </message>
    <message>
        <source>The credential is being rotated.</source>
        <translation>该凭据正在轮换。</translation>
    </message>
    <message>
        <source>The plug-in “{plugin}” cannot be loaded.</source>
        <translation>插件“{plugin}”无法加载。</translation>
    </message>
    <message>
        <source>The settings tell why.</source>
        <translation>原因见设置。</translation>
    </message>
    <message>
        <source>What speaks to targets of the kind “{kind}” is not installed.</source>
        <translation>未安装连接“{kind}”类目标的组件。</translation>
    </message>
    <message>
        <source>Install vaultapp anew.</source>
        <translation>请重新安装 vaultapp。</translation>
    </message>
    <message>
        <source>Nothing here rotates the kind “{kind}”.</source>
        <translation>没有可轮换“{kind}”类型的连接器。</translation>
    </message>
    <message>
        <source>Name its plug-in in the settings.</source>
        <translation>在设置中指定它的插件。</translation>
    </message>
    <message>
        <source>Nothing here rotates this kind.</source>
        <translation>没有可轮换此类型的连接器。</translation>
    </message>
    <message>
        <source>The attachments would have {size:size}; {limit:size} are the most.</source>
        <translation>附件总共将达 {size:size}，上限为 {limit:size}。</translation>
    </message>
    <message>
        <source>The attachments would have more than 64 KiB.</source>
        <translation>附件总共将超过 64 KiB。</translation>
    </message>
    <message>
        <source>What reads KeePass databases is not installed.</source>
        <translation>未安装读取 KeePass 数据库的组件。</translation>
    </message>
    <message>
        <source>Install pykeepass beside vaultapp, or export the entries as CSV there.</source>
        <translation>请在 vaultapp 旁安装 pykeepass，或在那里将条目导出为 CSV。</translation>
    </message>
    <message>
        <source>A part that is installed apart is missing.</source>
        <translation>缺少一个需要单独安装的组件。</translation>
    </message>
    <message>
        <source>Install it.</source>
        <translation>请安装它。</translation>
    </message>
    <message>
        <source>{references} leads to no secret.</source>
        <translation>{references} 找不到对应的机密。</translation>
    </message>
    <message>
        <source>The program was not started.</source>
        <translation>程序未启动。</translation>
    </message>
    <message>
        <source>{count:count} references lead to no secret.</source>
        <translation>{count:count} 个引用找不到对应的机密。</translation>
    </message>
    <message>
        <source>A reference leads to no secret.</source>
        <translation>一个引用找不到对应的机密。</translation>
    </message>
    <message>
        <source>{target} does not answer.</source>
        <translation>{target} 没有响应。</translation>
    </message>
    <message>
        <source>The old value stays current.</source>
        <translation>旧值仍为当前值。</translation>
    </message>
    <message>
        <source>Look if it runs and can be reached; it is tried again.</source>
        <translation>检查它是否在运行、能否连通；稍后会重试。</translation>
    </message>
    <message>
        <source>The target does not answer.</source>
        <translation>目标没有响应。</translation>
    </message>
    <message>
        <source>Another vault is rotating at {target}.</source>
        <translation>另一个保险库正在 {target} 上轮换。</translation>
    </message>
    <message>
        <source>Wait until that has ended.</source>
        <translation>等待其结束。</translation>
    </message>
    <message>
        <source>{target} does not know the new value yet.</source>
        <translation>{target} 还不认得新值。</translation>
    </message>
    <message>
        <source>{target} takes no more connections.</source>
        <translation>{target} 不再接受更多连接。</translation>
    </message>
    <message>
        <source>It is tried again.</source>
        <translation>稍后会重试。</translation>
    </message>
    <message>
        <source>The target takes no more connections.</source>
        <translation>目标不再接受更多连接。</translation>
    </message>
    <message>
        <source>{target} does not prove who it is.</source>
        <translation>{target} 无法证明自己的身份。</translation>
    </message>
    <message>
        <source>No password was sent.</source>
        <translation>没有发送任何密码。</translation>
    </message>
    <message>
        <source>Give the certificate that it is to be known by.</source>
        <translation>提供用于识别它的证书。</translation>
    </message>
    <message>
        <source>The target does not prove who it is.</source>
        <translation>目标无法证明自己的身份。</translation>
    </message>
    <message>
        <source>{target} does not let “{account}” make this change.</source>
        <translation>{target} 不允许“{account}”做此更改。</translation>
    </message>
    <message>
        <source>Give the account that right.</source>
        <translation>为该账户授予此权限。</translation>
    </message>
    <message>
        <source>The target does not allow this change.</source>
        <translation>目标不允许此更改。</translation>
    </message>
    <message>
        <source>{target} can only be read.</source>
        <translation>{target} 是只读的。</translation>
    </message>
    <message>
        <source>Name the server that takes changes.</source>
        <translation>请指定可写入的服务器。</translation>
    </message>
    <message>
        <source>The target can only be read.</source>
        <translation>目标是只读的。</translation>
    </message>
    <message>
        <source>{target} refuses the new password.</source>
        <translation>{target} 拒绝了新密码。</translation>
    </message>
    <message>
        <source>Make the rules stricter.</source>
        <translation>请使用更严格的密码规则。</translation>
    </message>
    <message>
        <source>The target refuses the new password.</source>
        <translation>目标拒绝了新密码。</translation>
    </message>
    <message>
        <source>“{account}” is locked at {target}.</source>
        <translation>“{account}”在 {target} 上已被锁定。</translation>
    </message>
    <message>
        <source>Unlock the account there.</source>
        <translation>在目标上解锁该账户。</translation>
    </message>
    <message>
        <source>The account is locked at the target.</source>
        <translation>该账户在目标上已被锁定。</translation>
    </message>
    <message>
        <source>No password that is known here logs in as “{account}” at {target}.</source>
        <translation>已知的密码都无法以“{account}”登录 {target}。</translation>
    </message>
    <message>
        <source>All of them are kept.</source>
        <translation>这些密码都已保留。</translation>
    </message>
    <message>
        <source>Give the present one, or an account that may set it.</source>
        <translation>提供现在的密码，或一个有权设置它的账户。</translation>
    </message>
    <message>
        <source>No password that is known here logs in.</source>
        <translation>已知的密码都无法登录。</translation>
    </message>
    <message>
        <source>The new password logs in at {target}, but the probe fails.</source>
        <translation>新密码可以登录 {target}，但探测失败。</translation>
    </message>
    <message>
        <source>Look at the account&apos;s rights.</source>
        <translation>检查该账户的权限。</translation>
    </message>
    <message>
        <source>The new password logs in, but the probe fails.</source>
        <translation>新密码可以登录，但探测失败。</translation>
    </message>
    <message>
        <source>{target} answered with error {number}.</source>
        <translation>{target} 返回错误 {number}。</translation>
    </message>
    <message>
        <source>Look into its log.</source>
        <translation>查看它的日志。</translation>
    </message>
    <message>
        <source>The certificates to know {target} by cannot be read.</source>
        <translation>用于识别 {target} 的证书无法读取。</translation>
    </message>
    <message>
        <source>Look at the file in the connection&apos;s settings.</source>
        <translation>请查看连接设置中的文件。</translation>
    </message>
    <message>
        <source>{target} does not take the password of “{account}”, which makes the change.</source>
        <translation>{target} 不接受执行更改的“{account}”的密码。</translation>
    </message>
    <message>
        <source>Give the credential of “{account}” the password that works there.</source>
        <translation>请在“{account}”的凭据中填入在那里有效的密码。</translation>
    </message>
    <message>
        <source>{target} takes no hash of a password, and would write the password itself into its log.</source>
        <translation>{target} 不接受密码哈希，会把密码本身写入日志。</translation>
    </message>
    <message>
        <source>Turn strict_password_validation or the general log off there.</source>
        <translation>请在那里关闭 strict_password_validation 或通用日志。</translation>
    </message>
    <message>
        <source>{target} does not show that the old value is out.</source>
        <translation>无法确认 {target} 上的旧值已失效。</translation>
    </message>
    <message>
        <source>The new value is current.</source>
        <translation>新值已是当前。</translation>
    </message>
    <message>
        <source>Look at its accounts and sessions.</source>
        <translation>请查看它的账户和会话。</translation>
    </message>
    <message>
        <source>{target} says “{message}”.</source>
        <translation>{target} 返回“{message}”。</translation>
    </message>
    <message>
        <source>The account that may change it is not at {target}.</source>
        <translation>{target} 上没有可以更改它的账户。</translation>
    </message>
    <message>
        <source>Name one of that server.</source>
        <translation>请指定该服务器上的一个。</translation>
    </message>
    <message>
        <source>“{target}” has a port that is none.</source>
        <translation>“{target}”的端口无效。</translation>
    </message>
    <message>
        <source>Correct the port.</source>
        <translation>请更正端口。</translation>
    </message>
    <message>
        <source>A field of the account at {target} has a zero byte in it.</source>
        <translation>{target} 上账户的一个字段含有零字节。</translation>
    </message>
    <message>
        <source>Correct it.</source>
        <translation>请更正。</translation>
    </message>
    <message>
        <source>The new value is of another account at {target}.</source>
        <translation>新值属于 {target} 上的另一个账户。</translation>
    </message>
    <message>
        <source>Give it the same name.</source>
        <translation>请使用相同的名称。</translation>
    </message>
    <message>
        <source>{target} lets the second account in by another row.</source>
        <translation>{target} 按另一行规则放行第二个账户。</translation>
    </message>
    <message>
        <source>Remove that row there.</source>
        <translation>请在那里删除该行。</translation>
    </message>
    <message>
        <source>The account at {target} logs in in a way that is not known here.</source>
        <translation>{target} 上的账户使用此处不支持的登录方式。</translation>
    </message>
    <message>
        <source>Change it there.</source>
        <translation>请在那里更改。</translation>
    </message>
    <message>
        <source>What answers at {target} is no server of this kind.</source>
        <translation>在 {target} 应答的不是这种服务器。</translation>
    </message>
    <message>
        <source>Correct host and port.</source>
        <translation>请更正主机和端口。</translation>
    </message>
    <message>
        <source>A password at {target} has expired.</source>
        <translation>{target} 上的密码已过期。</translation>
    </message>
    <message>
        <source>Set a new one there first.</source>
        <translation>请先在那里设置新的。</translation>
    </message>
    <message>
        <source>The account is not there at {target}.</source>
        <translation>{target} 上没有这个账户。</translation>
    </message>
    <message>
        <source>Make it there, or correct its name.</source>
        <translation>请在那里创建，或更正其名称。</translation>
    </message>
    <message>
        <source>The database is not there at {target}.</source>
        <translation>{target} 上没有这个数据库。</translation>
    </message>
    <message>
        <source>Correct its name.</source>
        <translation>请更正其名称。</translation>
    </message>
    <message>
        <source>The account&apos;s name is too long for a second one beside it.</source>
        <translation>账户名过长，无法再建第二个账户。</translation>
    </message>
    <message>
        <source>Rotate it alone.</source>
        <translation>请单独轮换它。</translation>
    </message>
    <message>
        <source>Another account at {target} has the name of the second one.</source>
        <translation>{target} 上已有另一个账户用了第二个账户的名称。</translation>
    </message>
    <message>
        <source>Rename it there.</source>
        <translation>请在那里重命名。</translation>
    </message>
    <message>
        <source>Some sessions at {target} do not end.</source>
        <translation>{target} 上有会话未能终止。</translation>
    </message>
    <message>
        <source>End them there.</source>
        <translation>请在那里终止它们。</translation>
    </message>
    <message>
        <source>{target} still takes the old password.</source>
        <translation>{target} 仍接受旧密码。</translation>
    </message>
    <message>
        <source>Look into its access lists.</source>
        <translation>请查看它的访问列表。</translation>
    </message>
    <message>
        <source>{target} would forget the new password when it restarts.</source>
        <translation>{target} 重启后会丢失新密码。</translation>
    </message>
    <message>
        <source>Give the server an ACL file or a file of settings.</source>
        <translation>请为服务器配置 ACL 文件或设置文件。</translation>
    </message>
    <message>
        <source>{target} has a second key that is in use.</source>
        <translation>{target} 有第二个正在使用的密钥。</translation>
    </message>
    <message>
        <source>Delete one of them there.</source>
        <translation>请在那里删除其中一个。</translation>
    </message>
    <message>
        <source>{target} has another time than this machine.</source>
        <translation>{target} 的时间与本机不同。</translation>
    </message>
    <message>
        <source>Set the clock.</source>
        <translation>请校准时钟。</translation>
    </message>
    <message>
        <source>The region or the endpoint is none.</source>
        <translation>区域或服务地址无效。</translation>
    </message>
    <message>
        <source>Correct the connection&apos;s settings.</source>
        <translation>请更正连接设置。</translation>
    </message>
    <message>
        <source>The program of the connection cannot be started.</source>
        <translation>连接的程序无法启动。</translation>
    </message>
    <message>
        <source>Correct the command.</source>
        <translation>请更正命令。</translation>
    </message>
    <message>
        <source>{target} gave no answer that could be read.</source>
        <translation>{target} 的应答无法读取。</translation>
    </message>
    <message>
        <source>Try the program by hand.</source>
        <translation>请手动试运行该程序。</translation>
    </message>
    <message>
        <source>{target} answered with an error.</source>
        <translation>{target} 返回错误。</translation>
    </message>
    <message>
        <source>The target answered with an error.</source>
        <translation>目标返回了错误。</translation>
    </message>
    <message>
        <source>The disk failed while the vault was written, and it is not known what it holds now.</source>
        <translation>写入保险库时磁盘出错，无法确定其中现有的内容。</translation>
    </message>
    <message>
        <source>Nothing more is written.</source>
        <translation>不会再写入任何内容。</translation>
    </message>
    <message>
        <source>Lock and unlock: then the vault is as it was before the change, or as after it.</source>
        <translation>请锁定后重新解锁：保险库将处于更改前或更改后的状态。</translation>
    </message>
    <message>
        <source>The disk failed while the vault was written.</source>
        <translation>写入保险库时磁盘出错。</translation>
    </message>
    <message>
        <source>“{path}” belongs to somebody else, or is no folder.</source>
        <translation>“{path}”属于其他用户，或不是文件夹。</translation>
    </message>
    <message>
        <source>Remove it, or choose another place.</source>
        <translation>请将其移除，或选择其他位置。</translation>
    </message>
    <message>
        <source>There is no screen to open the window on.</source>
        <translation>没有可显示窗口的屏幕。</translation>
    </message>
    <message>
        <source>Start it on a desktop; its commands need no screen.</source>
        <translation>请在桌面环境中启动；命令行不需要屏幕。</translation>
    </message>
    <message>
        <source>The window cannot be loaded: {path} is missing on this system.</source>
        <translation>无法加载窗口：此系统缺少 {path}。</translation>
    </message>
    <message>
        <source>Install that library; the commands need none of it.</source>
        <translation>请安装该库；命令行不需要它。</translation>
    </message>
    <message>
        <source>Too much was asked for at once.</source>
        <translation>同时发出的请求过多。</translation>
    </message>
    <message>
        <source>What runs already goes on.</source>
        <translation>已在运行的操作会继续。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>The folders in “{path}” lie too deep inside each other.</source>
        <translation>“{path}”中的文件夹嵌套过深。</translation>
    </message>
    <message>
        <source>A debugger watches the agent.</source>
        <translation>有调试器正在监视后台代理。</translation>
    </message>
    <message>
        <source>It ended before it held a key.</source>
        <translation>后台代理在载入密钥前已退出。</translation>
    </message>
    <message>
        <source>End the debugger.</source>
        <translation>请结束调试器。</translation>
    </message>
    <message>
        <source>The message bus of this desktop does not answer.</source>
        <translation>此桌面的消息总线没有响应。</translation>
    </message>
    <message>
        <source>It goes on without.</source>
        <translation>将不使用它继续运行。</translation>
    </message>
    <message>
        <source>Whoever was to read the output has ended.</source>
        <translation>读取输出的程序已结束。</translation>
    </message>
    <message>
        <source>The input is as it was.</source>
        <translation>输入内容未改动。</translation>
    </message>
    <message>
        <source>The system refused: {reason} (“{path}”).</source>
        <translation>系统拒绝了操作：{reason}（“{path}”）。</translation>
    </message>
    <message>
        <source>The system refused: {reason}.</source>
        <translation>系统拒绝了操作：{reason}。</translation>
    </message>
    <message>
        <source>The system refused.</source>
        <translation>系统拒绝了操作。</translation>
    </message>
    <message>
        <source>“{path}” is a link, not a file.</source>
        <translation>“{path}”是链接，不是文件。</translation>
    </message>
    <message>
        <source>“{path}” is a folder, not a file.</source>
        <translation>“{path}”是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>“{path}” is a device, not a file.</source>
        <translation>“{path}”是设备，不是文件。</translation>
    </message>
    <message>
        <source>“{path}” is a socket, not a file.</source>
        <translation>“{path}”是套接字，不是文件。</translation>
    </message>
    <message>
        <source>“{path}” is a pipe, not a file.</source>
        <translation>“{path}”是管道，不是文件。</translation>
    </message>
    <message>
        <source>“{path}” is not a file.</source>
        <translation>“{path}”不是文件。</translation>
    </message>
    <message>
        <source>This is not a file.</source>
        <translation>这不是文件。</translation>
    </message>
    <message>
        <source>“{path}” is already there.</source>
        <translation>“{path}”已存在。</translation>
    </message>
    <message>
        <source>Choose another name or place.</source>
        <translation>请选择其他名称或位置。</translation>
    </message>
    <message>
        <source>Something is already there under that name.</source>
        <translation>已存在同名的项目。</translation>
    </message>
    <message>
        <source>The output would be the input: “{path}”.</source>
        <translation>输出不能与输入相同：“{path}”。</translation>
    </message>
    <message>
        <source>The output would be the input.</source>
        <translation>输出不能与输入相同。</translation>
    </message>
    <message>
        <source>Not enough space at “{path}”.</source>
        <translation>“{path}”处的空间不足。</translation>
    </message>
    <message>
        <source>Make room and try again.</source>
        <translation>请腾出空间后重试。</translation>
    </message>
    <message>
        <source>Not enough space at “{path}”: {needed:size} needed, {free:size} free.</source>
        <translation>“{path}”处的空间不足：需要 {needed:size}，可用 {free:size}。</translation>
    </message>
    <message>
        <source>Not enough space.</source>
        <translation>空间不足。</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: the place is read-only.</source>
        <translation>无法写入“{path}”：该位置为只读。</translation>
    </message>
    <message>
        <source>The place is read-only.</source>
        <translation>该位置为只读。</translation>
    </message>
    <message>
        <source>You may not use “{path}”.</source>
        <translation>没有访问“{path}”的权限。</translation>
    </message>
    <message>
        <source>Change its rights, or choose another place.</source>
        <translation>请更改其权限，或选择其他位置。</translation>
    </message>
    <message>
        <source>The system refuses this user.</source>
        <translation>系统拒绝了当前用户的访问。</translation>
    </message>
    <message>
        <source>The name is too long for its place: “{path}”.</source>
        <translation>名称过长，该位置不支持：“{path}”。</translation>
    </message>
    <message>
        <source>Choose a shorter name.</source>
        <translation>请改用较短的名称。</translation>
    </message>
    <message>
        <source>The name is too long for its place.</source>
        <translation>名称过长，该位置不支持。</translation>
    </message>
    <message>
        <source>“{path}” changed while it was read.</source>
        <translation>读取时“{path}”发生了变化。</translation>
    </message>
    <message>
        <source>Try again when nothing writes to it.</source>
        <translation>请在没有程序写入该文件时重试。</translation>
    </message>
    <message>
        <source>A file changed while it was read.</source>
        <translation>读取时有文件发生了变化。</translation>
    </message>
    <message>
        <source>“{path}” is not there.</source>
        <translation>“{path}”不存在。</translation>
    </message>
    <message>
        <source>A file is not there.</source>
        <translation>有文件不存在。</translation>
    </message>
    <message>
        <source>The vault&apos;s agent ended or does not answer.</source>
        <translation>保险库的后台代理已结束或没有响应。</translation>
    </message>
    <message>
        <source>{needed:mib} of memory are needed to unlock, and are not free now.</source>
        <translation>解锁需要 {needed:mib} 内存，目前可用内存不足。</translation>
    </message>
    <message>
        <source>Close something and try again.</source>
        <translation>请关闭一些程序后重试。</translation>
    </message>
    <message>
        <source>There is not enough memory to unlock.</source>
        <translation>内存不足，无法解锁。</translation>
    </message>
</context>
<context>
    <name>ExportCredentialsDialog</name>
    <message>
        <source>Export {what}</source>
        <translation>导出{what}</translation>
    </message>
    <message>
        <source>Choose where to save…</source>
        <translation>选择保存位置…</translation>
    </message>
    <message>
        <source>All their versions and attachments go into one encrypted file. Only an import reads it.</source>
        <translation>它们的所有版本和附件会写入一个加密文件，只能通过导入读取。</translation>
    </message>
    <message>
        <source>Opened by the key</source>
        <translation>可用此密钥打开</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不用密钥</translation>
    </message>
    <message>
        <source>With a passphrase, which opens it anywhere</source>
        <translation>设置口令，在任何地方都能打开</translation>
    </message>
</context>
<context>
    <name>ExportKeyDialog</name>
    <message>
        <source>Export the key “{name}”</source>
        <translation>导出密钥“{name}”</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>The raw key leaves the vault: its 32 bytes in Base64, in a JSON file for other programs.</source>
        <translation>原始密钥将离开保险库：其 32 字节以 Base64 编码写入 JSON 文件，供其他程序使用。</translation>
    </message>
    <message>
        <source>Whoever has the file can open everything that this version encrypted, for ever.</source>
        <translation>任何持有此文件的人，都能永久打开用该版本加密的所有内容。</translation>
    </message>
    <message>
        <source>No passphrase guards it, and what it opens cannot be taken back.</source>
        <translation>此文件没有口令保护，一旦交出便无法收回。</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>The key&apos;s name</source>
        <translation>密钥名称</translation>
    </message>
    <message>
        <source>To go on, type its name: {name}</source>
        <translation>要继续，请输入密钥名称：{name}</translation>
    </message>
    <message>
        <source>Version {n}</source>
        <translation>第 {n} 版</translation>
    </message>
    <message>
        <source>{version}, primary</source>
        <translation>{version}（主版本）</translation>
    </message>
    <message>
        <source>Choose where to save…</source>
        <translation>选择保存位置…</translation>
    </message>
</context>
<context>
    <name>FieldForm</name>
    <message>
        <source>{name}, optional</source>
        <translation>{name}（可选）</translation>
    </message>
    <message>
        <source>Show: {name}</source>
        <translation>显示：{name}</translation>
    </message>
    <message>
        <source>Hide: {name}</source>
        <translation>隐藏：{name}</translation>
    </message>
    <message>
        <source>Passwords go over the network unencrypted: whoever is on the way can log in.</source>
        <translation>密码将不加密地经过网络：途中的任何人都能用它登录。</translation>
    </message>
</context>
<context>
    <name>FieldWords</name>
    <message>
        <source>db-1.example.net</source>
        <translation>例如 db-1.example.net</translation>
    </message>
    <message>
        <source>https://example.net</source>
        <translation>例如 https://example.net</translation>
    </message>
    <message>
        <source>Seed or otpauth:// address</source>
        <translation>种子或 otpauth:// 地址</translation>
    </message>
    <message>
        <source>/usr/local/bin/change-password --json</source>
        <translation>例如 /usr/local/bin/change-password --json</translation>
    </message>
    <message>
        <source>cache-1:6379, cache-2:6379</source>
        <translation>例如 cache-1:6379, cache-2:6379</translation>
    </message>
    <message>
        <source>SELECT 1 FROM orders</source>
        <translation>例如 SELECT 1 FROM orders</translation>
    </message>
    <message>
        <source>Itself, or vault://prod/mysql/admin</source>
        <translation>自身，或 vault://prod/mysql/admin</translation>
    </message>
    <message>
        <source>Those of the system</source>
        <translation>系统的证书</translation>
    </message>
    <message>
        <source>Two passwords at once</source>
        <translation>两个密码同时有效</translation>
    </message>
    <message>
        <source>Two users in turn</source>
        <translation>两个用户交替</translation>
    </message>
    <message>
        <source>One password at a time</source>
        <translation>同时只有一个密码</translation>
    </message>
    <message>
        <source>On, the server proves who it is</source>
        <translation>开启，并验证服务器身份</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Access key id</source>
        <translation>访问密钥 ID</translation>
    </message>
    <message>
        <source>Secret access key</source>
        <translation>秘密访问密钥</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>网址</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>一次性验证码</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>私钥</translation>
    </message>
    <message>
        <source>Passphrase of the key</source>
        <translation>私钥的口令</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>证书链</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>便笺</translation>
    </message>
    <message>
        <source>Way of rotating</source>
        <translation>轮换方式</translation>
    </message>
    <message>
        <source>Old one valid for, minutes</source>
        <translation>旧值保留（分钟）</translation>
    </message>
    <message>
        <source>Changed by</source>
        <translation>由谁更改</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Trusted certificates</source>
        <translation>信任的证书</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>探测语句</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Service address</source>
        <translation>服务地址</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
</context>
<context>
    <name>FileOffers</name>
    <message>
        <source>Re-wrapping 1 file was stopped</source>
        <translation>1 个文件的重新封装已中断</translation>
    </message>
    <message>
        <source>Re-wrapping {n} files was stopped</source>
        <translation>{n} 个文件的重新封装已中断</translation>
    </message>
    <message>
        <source>Re-wrap it</source>
        <translation>重新封装</translation>
    </message>
    <message>
        <source>Re-wrap them</source>
        <translation>重新封装</translation>
    </message>
    <message>
        <source>1 file is waiting</source>
        <translation>1 个文件等待处理</translation>
    </message>
    <message>
        <source>{n} files are waiting</source>
        <translation>{n} 个文件等待处理</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>忽略</translation>
    </message>
</context>
<context>
    <name>FilePassphraseDialog</name>
    <message>
        <source>Passphrase of a file</source>
        <translation>文件口令</translation>
    </message>
    <message>
        <source>Passphrase of {name}</source>
        <translation>{name} 的口令</translation>
    </message>
    <message>
        <source>Decrypt</source>
        <translation>解密</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>That passphrase does not open the file, or the file was changed.</source>
        <translation>此口令无法打开文件，或文件已被更改。</translation>
    </message>
    <message>
        <source>Whoever encrypted the file chose it.</source>
        <translation>口令由加密此文件的人设定。</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已打开</translation>
    </message>
</context>
<context>
    <name>FilesPage</name>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Inspect a file…</source>
        <translation>查看文件头…</translation>
    </message>
    <message>
        <source>That was no file from this computer. Save it to a folder first, then drop it here.</source>
        <translation>拖入的不是这台电脑上的文件。请先将其保存到文件夹，再拖入此处。</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Inspect a file</source>
        <translation>查看文件头</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Encrypt or decrypt files…</source>
        <translation>加密或解密文件…</translation>
    </message>
    <message>
        <source>Encrypt a folder…</source>
        <translation>加密文件夹…</translation>
    </message>
    <message>
        <source>Choose what to do with a file</source>
        <translation>选择要对文件执行的操作</translation>
    </message>
    <message>
        <source>Do it, or open the details</source>
        <translation>执行操作，或打开详情</translation>
    </message>
    <message>
        <source>Cancel, or remove from the list</source>
        <translation>取消，或从列表中移除</translation>
    </message>
    <message>
        <source>They are encrypted with {key}. Files ending in .sealed are decrypted.</source>
        <translation>文件将用 {key} 加密；以 .sealed 结尾的文件将解密。</translation>
    </message>
    <message>
        <source>Encrypted with {key}. Files ending in .sealed are decrypted.</source>
        <translation>用 {key} 加密；以 .sealed 结尾的文件将解密。</translation>
    </message>
    <message>
        <source>They are encrypted with a passphrase. Files ending in .sealed are decrypted.</source>
        <translation>文件将用口令加密；以 .sealed 结尾的文件将解密。</translation>
    </message>
    <message>
        <source>Encrypted with a passphrase. Files ending in .sealed are decrypted.</source>
        <translation>用口令加密；以 .sealed 结尾的文件将解密。</translation>
    </message>
    <message>
        <source>Save to</source>
        <translation>保存位置</translation>
    </message>
</context>
<context>
    <name>FindBox</name>
    <message>
        <source>Find anything</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Ctrl K</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>HistorySection</name>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show the history</source>
        <translation>显示历史</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Who used or changed it, and when.</source>
        <translation>谁在何时使用或更改过它。</translation>
    </message>
    <message>
        <source>Nothing is told of it in the newest part of the log.</source>
        <translation>记录的最新部分没有关于它的内容。</translation>
    </message>
    <message>
        <source>{who}, {when}</source>
        <translation>{who}，{when}</translation>
    </message>
</context>
<context>
    <name>ImportCredentialsDialog</name>
    <message>
        <source>Import from {name}</source>
        <translation>从 {name} 导入</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Passphrase of the file</source>
        <translation>文件的口令</translation>
    </message>
    <message>
        <source>What is here already</source>
        <translation>已有的条目</translation>
    </message>
    <message>
        <source>Identifiers begin with</source>
        <translation>标识符前缀</translation>
    </message>
    <message>
        <source>Optional: imported/</source>
        <translation>可选：imported/</translation>
    </message>
    <message>
        <source>What becomes of each entry</source>
        <translation>每个条目的结果</translation>
    </message>
    <message>
        <source>The file is encrypted.</source>
        <translation>文件已加密。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Nothing was read in.</source>
        <translation>没有导入任何内容。</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>未保留</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{format}: {taken} go in, {left} are left out, {fields} fields are not kept.</source>
        <translation>{format}：将导入 {taken} 个，{left} 个不导入，{fields} 个字段不保留。</translation>
    </message>
    <message>
        <source>Import 1</source>
        <translation>导入 1 个</translation>
    </message>
    <message>
        <source>Import {n}</source>
        <translation>导入 {n} 个</translation>
    </message>
    <message>
        <source>Keep both, with a number</source>
        <translation>两者都保留，加编号</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>不导入</translation>
    </message>
</context>
<context>
    <name>Joining</name>
    <message>
        <source>{one} {other}</source>
        <translation>{one}{other}</translation>
    </message>
    <message>
        <source>{one}. {other}</source>
        <translation>{one}。{other}</translation>
    </message>
    <message>
        <source>{one}, {other}</source>
        <translation>{one}、{other}</translation>
    </message>
    <message>
        <source>{phrase}.</source>
        <translation>{phrase}。</translation>
    </message>
</context>
<context>
    <name>KeptForms</name>
    <message>
        <source>What you typed is kept here until the vault is locked.</source>
        <translation>已输入的内容会保留在这里，直到保险库锁定。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>KeyActions</name>
    <message>
        <source>“{name}” encrypts with version {n} now. Older versions still decrypt</source>
        <translation>“{name}”现在使用第 {n} 版加密。旧版本仍可解密</translation>
    </message>
    <message>
        <source>“{name}” is enabled</source>
        <translation>“{name}”已启用</translation>
    </message>
    <message>
        <source>“{name}” is disabled. Nothing opens with it now</source>
        <translation>“{name}”已停用。现在无法用它打开任何内容</translation>
    </message>
    <message>
        <source>Version {n} of “{name}” is enabled</source>
        <translation>“{name}”的第 {n} 版已启用</translation>
    </message>
    <message>
        <source>Version {n} of “{name}” is disabled</source>
        <translation>“{name}”的第 {n} 版已停用</translation>
    </message>
    <message>
        <source>“{name}” will be deleted on {day}</source>
        <translation>“{name}”将于 {day}删除</translation>
    </message>
    <message>
        <source>“{name}” is kept</source>
        <translation>已取消删除“{name}”</translation>
    </message>
    <message>
        <source>“{name}” is kept. It is disabled</source>
        <translation>已取消删除“{name}”。该密钥处于停用状态</translation>
    </message>
    <message>
        <source>Alias {alias} of “{name}” is removed</source>
        <translation>已移除“{name}”的别名 {alias}</translation>
    </message>
    <message>
        <source>Tag {tag} of “{name}” is removed</source>
        <translation>已移除“{name}”的标签 {tag}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>KeyMenu</name>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Rotate now</source>
        <translation>立即轮换</translation>
    </message>
    <message>
        <source>Rotate {name}</source>
        <translation>轮换 {name}</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Disable {name}</source>
        <translation>停用 {name}</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Enable {name}</source>
        <translation>启用 {name}</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Rename {name}</source>
        <translation>重命名 {name}</translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation>复制 ID</translation>
    </message>
    <message>
        <source>Copy the id of {name}</source>
        <translation>复制 {name} 的 ID</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export {name}…</source>
        <translation>导出 {name}…</translation>
    </message>
    <message>
        <source>Schedule deletion…</source>
        <translation>计划删除…</translation>
    </message>
    <message>
        <source>Delete {name}…</source>
        <translation>删除 {name}…</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>取消删除</translation>
    </message>
    <message>
        <source>Take back the deletion of {name}</source>
        <translation>取消删除 {name}</translation>
    </message>
</context>
<context>
    <name>KeyNames</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Change the description</source>
        <translation>更改描述</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Add alias</source>
        <translation>添加别名</translation>
    </message>
    <message>
        <source>Add tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>Another name under which programs and commands find the key.</source>
        <translation>别名是程序和命令用来查找密钥的另一个名称。</translation>
    </message>
    <message>
        <source>A word or a pair to find the key by.</source>
        <translation>标签是便于查找密钥的一个词或一个键值对。</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>别名</translation>
    </message>
    <message>
        <source>payroll/2026</source>
        <translation>payroll/2026</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>team=infrastructure</source>
        <translation>team=infrastructure</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Aliases</source>
        <translation>别名</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>made {when}</source>
        <translation>创建时间：{when}</translation>
    </message>
</context>
<context>
    <name>KeyPanel</name>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Rotate now</source>
        <translation>立即轮换</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>取消删除</translation>
    </message>
    <message>
        <source>Re-wrap…</source>
        <translation>重新封装…</translation>
    </message>
    <message>
        <source>Lets encrypted files open with the newest version. Their content stays.</source>
        <translation>使加密文件可用最新版本打开，文件内容不变。</translation>
    </message>
    <message>
        <source>Schedule deletion…</source>
        <translation>计划删除…</translation>
    </message>
    <message>
        <source>Key {name}</source>
        <translation>密钥 {name}</translation>
    </message>
    <message>
        <source>1 version</source>
        <translation>1 个版本</translation>
    </message>
    <message>
        <source>{n} versions</source>
        <translation>{n} 个版本</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Automatic rotation</source>
        <translation>自动轮换</translation>
    </message>
    <message>
        <source>Nothing encrypts or opens with it now.</source>
        <translation>现在无法用它加密或打开任何内容。</translation>
    </message>
    <message>
        <source>Deletes on {day}</source>
        <translation>将于 {day}删除</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Its material came from elsewhere and is not made anew here.</source>
        <translation>密钥材料来自外部，无法在此重新生成。</translation>
    </message>
    <message>
        <source>Enable the key first.</source>
        <translation>请先启用密钥。</translation>
    </message>
    <message>
        <source>Disable version {n}</source>
        <translation>停用第 {n} 版</translation>
    </message>
    <message>
        <source>Enable version {n}</source>
        <translation>启用第 {n} 版</translation>
    </message>
    <message>
        <source>Version {n}</source>
        <translation>第 {n} 版</translation>
    </message>
    <message>
        <source>Primary</source>
        <translation>主版本</translation>
    </message>
    <message>
        <source>The {n} known files that need an older version</source>
        <translation>需要旧版本的 {n} 个已知文件</translation>
    </message>
    <message>
        <source>The known file that needs an older version</source>
        <translation>需要旧版本的 1 个已知文件</translation>
    </message>
    <message>
        <source>Choose encrypted files…</source>
        <translation>选择加密文件…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
</context>
<context>
    <name>KeyRotation</name>
    <message>
        <source>Automatic rotation</source>
        <translation>自动轮换</translation>
    </message>
    <message>
        <source>Rotation period</source>
        <translation>轮换周期</translation>
    </message>
    <message>
        <source>Its material came from elsewhere and is not made anew here.</source>
        <translation>密钥材料来自外部，无法在此重新生成。</translation>
    </message>
    <message>
        <source>It rotates only when asked.</source>
        <translation>仅在手动操作时轮换。</translation>
    </message>
</context>
<context>
    <name>KeyRows</name>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Next rotation</source>
        <translation>下次轮换</translation>
    </message>
</context>
<context>
    <name>KeyWords</name>
    <message>
        <source>used {when}</source>
        <translation>上次使用：{when}</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>尚未使用</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>v{n} · {what}</source>
        <translation>第 {n} 版 · {what}</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>已启用</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Waits for material</source>
        <translation>等待密钥材料</translation>
    </message>
    <message>
        <source>Deletes in {days}</source>
        <translation>{days}后删除</translation>
    </message>
    <message>
        <source>Deletes now</source>
        <translation>即将删除</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Due now</source>
        <translation>已到期</translation>
    </message>
    <message>
        <source>in {days}</source>
        <translation>{days}后</translation>
    </message>
    <message>
        <source>Every year</source>
        <translation>每年</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>Every {n} days</source>
        <translation>每 {n} 天</translation>
    </message>
    <message>
        <source>paused until the key is enabled</source>
        <translation>已暂停，启用密钥后继续</translation>
    </message>
    <message>
        <source>due now, within the hour</source>
        <translation>已到期，将在一小时内轮换</translation>
    </message>
    <message>
        <source>next on {day}</source>
        <translation>下次轮换：{day}</translation>
    </message>
    <message>
        <source>Disabled: what it encrypted stays closed · made {day}</source>
        <translation>已停用：用它加密的内容无法打开 · 创建于 {day}</translation>
    </message>
    <message>
        <source>Made {day}</source>
        <translation>创建于 {day}</translation>
    </message>
    <message>
        <source>Encrypts and decrypts · since {day}</source>
        <translation>用于加密和解密 · 自 {day}起</translation>
    </message>
    <message>
        <source>Decrypts · made {day}</source>
        <translation>仅用于解密 · 创建于 {day}</translation>
    </message>
    <message>
        <source>Counting the files that need it…</source>
        <translation>正在统计需要此密钥的文件…</translation>
    </message>
    <message>
        <source>No known file needs this key</source>
        <translation>没有已知文件需要此密钥</translation>
    </message>
    <message>
        <source>1 known file needs this key</source>
        <translation>1 个已知文件需要此密钥</translation>
    </message>
    <message>
        <source>{n} known files need this key</source>
        <translation>{n} 个已知文件需要此密钥</translation>
    </message>
    <message>
        <source>It needs an older version</source>
        <translation>该文件需要旧版本</translation>
    </message>
    <message>
        <source>All of them need an older version</source>
        <translation>这些文件都需要旧版本</translation>
    </message>
    <message>
        <source>1 of them needs an older version</source>
        <translation>其中 1 个需要旧版本</translation>
    </message>
    <message>
        <source>{n} of them need an older version</source>
        <translation>其中 {n} 个需要旧版本</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Filter keys</source>
        <translation>筛选密钥</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新建密钥</translation>
    </message>
    <message>
        <source>Make a key</source>
        <translation>创建密钥</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Sort keys: {column}</source>
        <translation>密钥排序：{column}</translation>
    </message>
    <message>
        <source>Open the key</source>
        <translation>打开密钥</translation>
    </message>
    <message>
        <source>Rename the key</source>
        <translation>重命名密钥</translation>
    </message>
    <message>
        <source>Schedule the key’s deletion</source>
        <translation>计划删除密钥</translation>
    </message>
    <message>
        <source>Menu of the key</source>
        <translation>密钥菜单</translation>
    </message>
    <message>
        <source>The id of “{name}” is copied</source>
        <translation>已复制“{name}”的 ID</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>{shown} of {n}</source>
        <translation>{shown} / {n}</translation>
    </message>
    <message>
        <source>1 key</source>
        <translation>1 个密钥</translation>
    </message>
    <message>
        <source>{n} keys</source>
        <translation>{n} 个密钥</translation>
    </message>
    <message>
        <source>No key matches “{typed}”</source>
        <translation>没有与“{typed}”匹配的密钥</translation>
    </message>
    <message>
        <source>Names, aliases, tags and ids were looked at.</source>
        <translation>已在名称、别名、标签和 ID 中查找。</translation>
    </message>
    <message>
        <source>Show all keys</source>
        <translation>显示所有密钥</translation>
    </message>
    <message>
        <source>No keys yet</source>
        <translation>还没有密钥</translation>
    </message>
    <message>
        <source>A key encrypts files and texts.</source>
        <translation>密钥用于加密文件和文本。</translation>
    </message>
    <message>
        <source>Export the key</source>
        <translation>导出密钥</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>JSON 文件 (*.json)</translation>
    </message>
    <message>
        <source>Version {n} of “{name}” lies in {path}.</source>
        <translation>“{name}”的第 {n} 版已保存到 {path}。</translation>
    </message>
    <message>
        <source>The file is not encrypted. Keep it as safe as the vault, and remove it when it was used.</source>
        <translation>此文件未加密。请像保险库一样妥善保管，用完后删除。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
</context>
<context>
    <name>KindPanel</name>
    <message>
        <source>New credential</source>
        <translation>新建凭据</translation>
    </message>
    <message>
        <source>What kind is it?</source>
        <translation>选择类型</translation>
    </message>
</context>
<context>
    <name>KitSheet</name>
    <message>
        <source>Recovery kit</source>
        <translation>恢复资料</translation>
    </message>
    <message>
        <source>{name} · made on {date}</source>
        <translation>{name} · 创建于 {date}</translation>
    </message>
    <message>
        <source>Recovery words, in this order</source>
        <translation>恢复词（请按此顺序）</translation>
    </message>
    <message>
        <source>Vault id</source>
        <translation>保险库 ID</translation>
    </message>
    <message>
        <source>Vault file</source>
        <translation>保险库文件</translation>
    </message>
    <message>
        <source>These words open the vault without the passphrase. Keep the sheet where you keep a passport. To use it: Other ways to unlock, Recovery words.</source>
        <translation>凭这些恢复词，无需口令即可打开保险库。请像保管护照一样保管这份资料。使用方法：选择“其他解锁方式”，再选择“恢复词”。</translation>
    </message>
    <message>
        <source>Kept at:</source>
        <translation>存放位置：</translation>
    </message>
</context>
<context>
    <name>KitStep</name>
    <message>
        <source>Your recovery kit</source>
        <translation>恢复资料</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>保存为 PDF…</translation>
    </message>
    <message>
        <source>A saved PDF is not encrypted. Move it off this computer.</source>
        <translation>保存的 PDF 未加密。请将其移出这台电脑。</translation>
    </message>
    <message>
        <source>If the passphrase is forgotten, this sheet is the only way in. It is shown once.</source>
        <translation>如果忘记口令，这份资料是打开保险库的唯一途径。它只显示一次。</translation>
    </message>
    <message>
        <source>So it is certain that the sheet can be read.</source>
        <translation>用于确认这份资料清晰可读。</translation>
    </message>
    <message>
        <source>Print or save this sheet</source>
        <translation>打印或保存这份资料</translation>
    </message>
    <message>
        <source>Type three words back</source>
        <translation>输入其中三个词</translation>
    </message>
    <message>
        <source>Recovery kit of {name}.pdf</source>
        <translation>{name} 的恢复资料.pdf</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>PDF 文件 (*.pdf)</translation>
    </message>
    <message>
        <source>Save the recovery kit</source>
        <translation>保存恢复资料</translation>
    </message>
    <message>
        <source>Saved. A PDF is not encrypted: move it off this computer.</source>
        <translation>已保存。PDF 未加密：请将其移出这台电脑。</translation>
    </message>
    <message>
        <source>Recovery kit</source>
        <translation>恢复资料</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>Files are still being worked on.</source>
        <translation>仍有文件正在处理。</translation>
    </message>
    <message>
        <source>That stops the work. What is done stays; a file that is not done is left as it was.</source>
        <translation>继续将停止任务。已完成的结果会保留；未完成的文件保持原样。</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Unlock {name}</source>
        <translation>解锁 {name}</translation>
    </message>
    <message>
        <source>Other ways to unlock</source>
        <translation>其他解锁方式</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Inspect a file…</source>
        <translation>查看文件头…</translation>
    </message>
    <message>
        <source>Open another vault…</source>
        <translation>打开其他保险库…</translation>
    </message>
    <message>
        <source>The copy is the vault now. It opens with the passphrase that it had when it was made.</source>
        <translation>此副本现已成为保险库，使用创建副本时的口令打开。</translation>
    </message>
    <message>
        <source>What it replaced is kept as “{path}”.</source>
        <translation>被替换的保险库已保留为“{path}”。</translation>
    </message>
    <message>
        <source>The vault is open for programs</source>
        <translation>保险库仍对程序开放</translation>
    </message>
    <message>
        <source>Since {time}, for terminals that were let in and due rotations.</source>
        <translation>自 {time} 起，供已获准的终端和到期的轮换使用。</translation>
    </message>
    <message>
        <source>A terminal unlocked it. In this window, the passphrase opens it too.</source>
        <translation>它由某个终端解锁。在此窗口中，同样用口令打开。</translation>
    </message>
    <message>
        <source>Lock everything</source>
        <translation>全部锁定</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>{n} files are waiting</source>
        <translation>{n} 个文件等待处理</translation>
    </message>
    <message>
        <source>1 file is waiting</source>
        <translation>1 个文件等待处理</translation>
    </message>
    <message>
        <source>It is offered once you unlock.</source>
        <translation>解锁后会询问是否处理该文件。</translation>
    </message>
    <message>
        <source>They are offered once you unlock.</source>
        <translation>解锁后会询问是否处理这些文件。</translation>
    </message>
    <message>
        <source>{names} is offered once you unlock.</source>
        <translation>解锁后会询问是否处理 {names}。</translation>
    </message>
    <message>
        <source>{names} are offered once you unlock.</source>
        <translation>解锁后会询问是否处理 {names}。</translation>
    </message>
    <message>
        <source>Unlock with the recovery words</source>
        <translation>使用恢复词解锁</translation>
    </message>
    <message>
        <source>Locked at {time}</source>
        <translation>已于 {time} 锁定</translation>
    </message>
    <message>
        <source>Locked at {time} because nobody was there for a while</source>
        <translation>因长时间无操作，已于 {time} 锁定</translation>
    </message>
    <message>
        <source>Locked at {time} because the computer went to sleep</source>
        <translation>因电脑进入睡眠，已于 {time} 锁定</translation>
    </message>
    <message>
        <source>Locked at {time} because the screen was locked</source>
        <translation>因屏幕锁定，已于 {time} 锁定</translation>
    </message>
    <message>
        <source>Locked at {time} because the screen saver came on</source>
        <translation>因屏幕保护程序启动，已于 {time} 锁定</translation>
    </message>
    <message>
        <source>Locked at {time} because someone else logged in</source>
        <translation>因其他用户登录，已于 {time} 锁定</translation>
    </message>
    <message>
        <source>Locked at {time} because a backup was restored</source>
        <translation>因恢复备份，已于 {time} 锁定</translation>
    </message>
    <message>
        <source>Locked at {time} because a backup could not be restored; the vault is as it was</source>
        <translation>因备份未能恢复，已于 {time} 锁定；保险库未改动</translation>
    </message>
    <message>
        <source>Locked at {time} because the vault file was changed by another program</source>
        <translation>因保险库文件被其他程序更改，已于 {time} 锁定</translation>
    </message>
    <message>
        <source>Locked at {time} because the program that holds the keys ended</source>
        <translation>因持有密钥的程序结束，已于 {time} 锁定</translation>
    </message>
    <message>
        <source>{n} files were finished before that.</source>
        <translation>锁定前已完成 {n} 个文件。</translation>
    </message>
    <message>
        <source>1 file was finished before that.</source>
        <translation>锁定前已完成 1 个文件。</translation>
    </message>
    <message>
        <source>1 failed.</source>
        <translation>1 个失败。</translation>
    </message>
    <message>
        <source>{n} failed.</source>
        <translation>{n} 个失败。</translation>
    </message>
    <message>
        <source>{n} files failed before that.</source>
        <translation>锁定前有 {n} 个文件失败。</translation>
    </message>
    <message>
        <source>1 file failed before that.</source>
        <translation>锁定前有 1 个文件失败。</translation>
    </message>
    <message>
        <source>The clipboard could not be cleared.</source>
        <translation>无法清除剪贴板。</translation>
    </message>
    <message>
        <source>It may still hold what was copied. Copy something else over it.</source>
        <translation>其中可能仍有复制的内容。请复制其他内容将其覆盖。</translation>
    </message>
    <message>
        <source>Some work did not stop in time, and was cut off.</source>
        <translation>部分任务未能及时停止，已被中断。</translation>
    </message>
    <message>
        <source>Half-made files are removed: begin them again after you unlock. Rotations go on.</source>
        <translation>未完成的文件已移除，解锁后可重新开始。轮换则会在解锁后自行继续。</translation>
    </message>
    <message>
        <source>Some work had not stopped yet when the window was locked.</source>
        <translation>窗口锁定时，有些工作尚未停止。</translation>
    </message>
    <message>
        <source>It stops at its next step: look what is done after you unlock. Rotations go on.</source>
        <translation>它会在下一步停止：解锁后请查看哪些已完成。轮换会继续进行。</translation>
    </message>
    <message>
        <source>The activity log does not tell of this lock.</source>
        <translation>活动日志未记录这次锁定。</translation>
    </message>
    <message>
        <source>The vault is locked all the same. Look if the disk is full.</source>
        <translation>保险库仍已锁定。请检查磁盘是否已满。</translation>
    </message>
    <message>
        <source>Recovery words…</source>
        <translation>恢复词…</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
</context>
<context>
    <name>LockingSection</name>
    <message>
        <source>Locking</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Time asleep counts. While files are encrypted or decrypted it does not lock.</source>
        <translation>睡眠时间计算在内。加密或解密文件期间不会锁定。</translation>
    </message>
    <message>
        <source>The computer waits until the keys are gone from memory.</source>
        <translation>电脑会等到密钥从内存中清除后再睡眠。</translation>
    </message>
    <message>
        <source>By you, or by the desktop after a while.</source>
        <translation>包括手动锁屏和桌面自动锁屏。</translation>
    </message>
    <message>
        <source>Also where it asks for no password.</source>
        <translation>不要求输入密码的屏幕保护程序也包括在内。</translation>
    </message>
    <message>
        <source>Their session comes to the front, and yours goes on behind it.</source>
        <translation>对方的会话切换到前台，你的会话在后台继续。</translation>
    </message>
    <message>
        <source>When the window is minimised</source>
        <translation>窗口最小化时</translation>
    </message>
    <message>
        <source>For all vaults of this user. The others are settings of this vault.</source>
        <translation>适用于当前用户的所有保险库。其他各项只适用于此保险库。</translation>
    </message>
    <message>
        <source>Lock the vault</source>
        <translation>锁定保险库</translation>
    </message>
    <message>
        <source>Programs go on while the window is locked</source>
        <translation>窗口锁定时程序继续运行</translation>
    </message>
    <message>
        <source>Terminals that were let in and due rotations use the vault until the computer sleeps or you quit. Its keys stay in memory while the window is locked.</source>
        <translation>已获准的终端和到期的轮换可继续使用保险库，直到电脑睡眠或退出程序。窗口锁定期间，密钥留在内存中。</translation>
    </message>
    <message>
        <source>While it is locked</source>
        <translation>锁定期间</translation>
    </message>
    <message>
        <source>This system does not tell when it sleeps: then all is locked when it wakes.</source>
        <translation>此系统不会告知何时睡眠：唤醒时将全部锁定。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 分钟</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n} 分钟</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Stop and quit</source>
        <translation>停止并退出</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>MissingScreen</name>
    <message>
        <source>{name} is not at its place</source>
        <translation>找不到 {name}</translation>
    </message>
    <message>
        <source>The file was moved, or the drive that holds it is not connected. Nothing was made in its place.</source>
        <translation>文件已移走，或所在的磁盘未连接。未在原位置新建任何内容。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Open another vault…</source>
        <translation>打开其他保险库…</translation>
    </message>
    <message>
        <source>Make a new vault…</source>
        <translation>新建保险库…</translation>
    </message>
</context>
<context>
    <name>Moments</name>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>today {time}</source>
        <translation>今天 {time}</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
</context>
<context>
    <name>NewKeyDialog</name>
    <message>
        <source>New key</source>
        <translation>新建密钥</translation>
    </message>
    <message>
        <source>Make the key</source>
        <translation>创建密钥</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Optional: what it is for</source>
        <translation>可选：用途</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Optional: team=infrastructure, stage=test</source>
        <translation>可选：team=infrastructure, stage=test</translation>
    </message>
    <message>
        <source>Automatic rotation</source>
        <translation>自动轮换</translation>
    </message>
    <message>
        <source>A key encrypts files and texts. Its material is made here and stays in the vault.</source>
        <translation>密钥用于加密文件和文本。密钥材料在此生成，并留在保险库中。</translation>
    </message>
    <message>
        <source>Off: rotate only when asked</source>
        <translation>关闭：仅在手动操作时轮换</translation>
    </message>
</context>
<context>
    <name>NewPassphraseDialog</name>
    <message>
        <source>Encrypt with a passphrase</source>
        <translation>用口令加密</translation>
    </message>
    <message>
        <source>Copy for {n} seconds</source>
        <translation>复制并保留 {n} 秒</translation>
    </message>
    <message>
        <source>{key} can open it too</source>
        <translation>{key} 也可以打开</translation>
    </message>
    <message>
        <source>{key} can open them too</source>
        <translation>{key} 也可以打开</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Encrypt {what} with a passphrase</source>
        <translation>用口令加密 {what}</translation>
    </message>
    <message>
        <source>Whoever has the file and the passphrase can open it, without this vault. Pass it on another way.</source>
        <translation>任何持有文件和口令的人都能打开文件，无需此保险库。请通过其他途径传递口令。</translation>
    </message>
</context>
<context>
    <name>NewWordsDialog</name>
    <message>
        <source>Recovery words</source>
        <translation>恢复词</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use these words</source>
        <translation>使用这些恢复词</translation>
    </message>
    <message>
        <source>Replace the words</source>
        <translation>替换恢复词</translation>
    </message>
</context>
<context>
    <name>PassphraseField</name>
    <message>
        <source>Hide the passphrase</source>
        <translation>隐藏口令</translation>
    </message>
    <message>
        <source>Show the passphrase</source>
        <translation>显示口令</translation>
    </message>
</context>
<context>
    <name>PassphrasePair</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Passphrase once more</source>
        <translation>再次输入口令</translation>
    </message>
    <message>
        <source>Suggest one</source>
        <translation>建议一个口令</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再次输入</translation>
    </message>
    <message>
        <source>Four or more unrelated words</source>
        <translation>四个或更多互不相关的词</translation>
    </message>
    <message>
        <source>no name or date found in it</source>
        <translation>未发现姓名或日期</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已打开</translation>
    </message>
    <message>
        <source>Both are the same</source>
        <translation>两次输入一致</translation>
    </message>
    <message>
        <source>They differ</source>
        <translation>两次输入不一致</translation>
    </message>
</context>
<context>
    <name>PassphraseStep</name>
    <message>
        <source>Choose a passphrase</source>
        <translation>设置口令</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测算</translation>
    </message>
    <message>
        <source>It is the only thing you need to remember. Four or more unrelated words are stronger and easier than symbols.</source>
        <translation>只需记住这个口令。四个或更多互不相关的词比符号更安全，也更好记。</translation>
    </message>
    <message>
        <source>Measuring how long opening takes here…</source>
        <translation>正在测算在这台电脑上解锁所需的时间…</translation>
    </message>
    <message>
        <source>Every guess will cost an attacker the same.</source>
        <translation>攻击者每猜一次，开销相同。</translation>
    </message>
    <message>
        <source>Opening the vault takes {time} and {memory} on this computer.</source>
        <translation>在这台电脑上解锁需要 {memory} 内存，用时 {time}。</translation>
    </message>
    <message>
        <source>Every guess costs an attacker the same.</source>
        <translation>攻击者每猜一次，开销相同。</translation>
    </message>
    <message>
        <source>With a hundred graphics cards, yours would take {time}.</source>
        <translation>用 100 块显卡猜出这个口令需要{time}。</translation>
    </message>
    <message>
        <source>About {time}, as recommended</source>
        <translation>约 {time}（推荐）</translation>
    </message>
    <message>
        <source>About {time}</source>
        <translation>约 {time}</translation>
    </message>
</context>
<context>
    <name>PlaceStep</name>
    <message>
        <source>Name of the vault</source>
        <translation>保险库名称</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>The name is the file’s name. Everything in the vault is encrypted; its name is not.</source>
        <translation>名称即文件名。保险库中的所有内容都会加密，但名称不会。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>A folder that is backed up is a good one. The file may be copied at any time; without the passphrase it says nothing.</source>
        <translation>建议选择有备份的文件夹。文件可随时复制；没有口令，就无法从中得知任何内容。</translation>
    </message>
    <message>
        <source>One file holds everything.</source>
        <translation>所有内容都在一个文件中。</translation>
    </message>
    <message>
        <source>There is a file of this name already. Choose another name, or open that vault.</source>
        <translation>已有同名文件。请换一个名称，或打开该保险库。</translation>
    </message>
    <message>
        <source>A name that a file can have, without “/”.</source>
        <translation>可用作文件名的名称，不含“/”。</translation>
    </message>
    <message>
        <source>Folder of the vault</source>
        <translation>保险库所在文件夹</translation>
    </message>
</context>
<context>
    <name>ProgramSection</name>
    <message>
        <source>Shell</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>Env</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Use in your program</source>
        <translation>在程序中使用</translation>
    </message>
    <message>
        <source>Lines for your program</source>
        <translation>供程序使用的几行</translation>
    </message>
    <message>
        <source>Copy these lines</source>
        <translation>复制这几行</translation>
    </message>
</context>
<context>
    <name>Quantities</name>
    <message>
        <source>{done} of {total} {unit}</source>
        <translation>{done} / {total} {unit}</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>more than a billion years</source>
        <translation>超过 10 亿年</translation>
    </message>
    <message>
        <source>{n} MB</source>
        <translation>{n} MB</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>不到 1 秒</translation>
    </message>
    <message>
        <source>about a second</source>
        <translation>约 1 秒</translation>
    </message>
    <message>
        <source>about {n} seconds</source>
        <translation>约 {n} 秒</translation>
    </message>
    <message>
        <source>about a minute</source>
        <translation>约 1 分钟</translation>
    </message>
    <message>
        <source>about {n} minutes</source>
        <translation>约 {n} 分钟</translation>
    </message>
    <message>
        <source>about an hour</source>
        <translation>约 1 小时</translation>
    </message>
    <message>
        <source>about {n} hours</source>
        <translation>约 {n} 小时</translation>
    </message>
    <message>
        <source>about a day</source>
        <translation>约 1 天</translation>
    </message>
    <message>
        <source>about {n} days</source>
        <translation>约 {n} 天</translation>
    </message>
    <message>
        <source>about a year</source>
        <translation>约 1 年</translation>
    </message>
    <message>
        <source>about {n} years</source>
        <translation>约 {n} 年</translation>
    </message>
    <message>
        <source>about a million years</source>
        <translation>约 100 万年</translation>
    </message>
    <message>
        <source>about {n} million years</source>
        <translation>约 {n}00 万年</translation>
    </message>
</context>
<context>
    <name>QuickDecrypt</name>
    <message>
        <source>Quick decrypt</source>
        <translation>快速解密</translation>
    </message>
    <message>
        <source>From the clipboard</source>
        <translation>来自剪贴板</translation>
    </message>
    <message>
        <source>Reading the clipboard…</source>
        <translation>正在读取剪贴板…</translation>
    </message>
    <message>
        <source>There is no encrypted text on the clipboard.</source>
        <translation>剪贴板中没有加密文本。</translation>
    </message>
    <message>
        <source>Copy one that begins with vlt1, or take a sealed file.</source>
        <translation>请复制以 vlt1 开头的文本，或选择加密文件。</translation>
    </message>
    <message>
        <source>Sealed files (*.sealed);;All files (*)</source>
        <translation>加密文件 (*.sealed);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Decrypt a file</source>
        <translation>解密文件</translation>
    </message>
    <message>
        <source>Dropped files</source>
        <translation>拖入的文件</translation>
    </message>
    <message>
        <source>That is more than one file.</source>
        <translation>拖入了多个文件。</translation>
    </message>
    <message>
        <source>The window of vaultapp takes many.</source>
        <translation>多个文件可在 vaultapp 窗口中处理。</translation>
    </message>
    <message>
        <source>Nothing was decrypted.</source>
        <translation>未解密任何内容。</translation>
    </message>
    <message>
        <source>Open vaultapp</source>
        <translation>打开 vaultapp</translation>
    </message>
    <message>
        <source>That was no file from this computer.</source>
        <translation>拖入的不是这台电脑上的文件。</translation>
    </message>
    <message>
        <source>Save it first, then drop it here.</source>
        <translation>请先保存文件，再拖入此处。</translation>
    </message>
    <message>
        <source>Decrypting…</source>
        <translation>正在解密…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{key} opens this, but it is not UTF-8 text. The command line writes it as it is.</source>
        <translation>{key} 可以打开此内容，但它不是 UTF-8 文本。可用命令行原样写出。</translation>
    </message>
    <message>
        <source>Unlock {name} to decrypt it.</source>
        <translation>要解密，请解锁 {name}。</translation>
    </message>
    <message>
        <source>Open it in vaultapp</source>
        <translation>在 vaultapp 中打开</translation>
    </message>
    <message>
        <source>Decrypt</source>
        <translation>解密</translation>
    </message>
    <message>
        <source>This is a folder, so it is not shown here.</source>
        <translation>这是文件夹，无法在此显示。</translation>
    </message>
    <message>
        <source>This is too long to be shown here.</source>
        <translation>内容过长，无法在此显示。</translation>
    </message>
    <message>
        <source>This is no text, so it is not shown here.</source>
        <translation>这不是文本，无法在此显示。</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>尚未写入任何内容。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Decrypt beside it</source>
        <translation>解密到同一文件夹</translation>
    </message>
    <message>
        <source>Decrypt into a folder</source>
        <translation>解密到文件夹</translation>
    </message>
    <message>
        <source>Decrypted as {path}.</source>
        <translation>已解密为 {path}。</translation>
    </message>
    <message>
        <source>The sealed file is kept.</source>
        <translation>加密文件已保留。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>QuickFoot</name>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Read the clipboard again</source>
        <translation>重新读取剪贴板</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>按 Esc 关闭</translation>
    </message>
    <message>
        <source>Drop it to decrypt it</source>
        <translation>松开即可解密</translation>
    </message>
    <message>
        <source>Or drop a sealed file here</source>
        <translation>或将加密文件拖入此处</translation>
    </message>
</context>
<context>
    <name>QuickText</name>
    <message>
        <source>Decrypted text</source>
        <translation>解密后的文本</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>保持打开</translation>
    </message>
    <message>
        <source>Copy again</source>
        <translation>再次复制</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Hide the text</source>
        <translation>隐藏文本</translation>
    </message>
    <message>
        <source>Show the text</source>
        <translation>显示文本</translation>
    </message>
    <message>
        <source>Let it close</source>
        <translation>允许自动关闭</translation>
    </message>
    <message>
        <source>Stays open until you close it.</source>
        <translation>一直打开，直到手动关闭。</translation>
    </message>
    <message>
        <source>Closes in {n} s.</source>
        <translation>{n} 秒后关闭。</translation>
    </message>
    <message>
        <source>Closes {n} s after you leave it.</source>
        <translation>离开此窗口 {n} 秒后关闭。</translation>
    </message>
</context>
<context>
    <name>RecoveryForm</name>
    <message>
        <source>Unlock with the recovery words</source>
        <translation>使用恢复词解锁</translation>
    </message>
    <message>
        <source>Back to the passphrase</source>
        <translation>返回口令解锁</translation>
    </message>
    <message>
        <source>Recovery words</source>
        <translation>恢复词</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>新口令</translation>
    </message>
    <message>
        <source>It takes the place of the forgotten one.</source>
        <translation>新口令将取代忘记的口令。</translation>
    </message>
    <message>
        <source>Open this copy</source>
        <translation>打开此副本</translation>
    </message>
</context>
<context>
    <name>ReplaceWordsDialog</name>
    <message>
        <source>Replace the recovery words</source>
        <translation>替换恢复词</translation>
    </message>
    <message>
        <source>Show new words</source>
        <translation>显示新恢复词</translation>
    </message>
    <message>
        <source>The sheet of {made} stops opening this vault: destroy it afterwards. Copies of the vault made before are still opened by it.</source>
        <translation>{made}的恢复资料将无法再打开此保险库，请在替换后销毁。此前创建的保险库副本仍可用它打开。</translation>
    </message>
    <message>
        <source>Nothing is changed before you have typed three of the new words back.</source>
        <translation>正确输入三个新恢复词之前，不会作任何更改。</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Restore a copy</source>
        <translation>恢复副本</translation>
    </message>
    <message>
        <source>Restore and lock</source>
        <translation>恢复并锁定</translation>
    </message>
    <message>
        <source>The copy takes the place of “{name}”, once it was read whole. What was changed since then is not in it. The vault as it is now is kept beside it under a name with “replaced”. Then the vault locks.</source>
        <translation>完整读取副本后，会用它替换“{name}”。创建副本之后的更改不在其中。当前的保险库会保留在同一文件夹中，名称带有“replaced”。随后保险库将锁定。</translation>
    </message>
</context>
<context>
    <name>RewrapChoice</name>
    <message>
        <source>Encrypted files (*.sealed);;All files (*)</source>
        <translation>加密文件 (*.sealed);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Re-wrap files</source>
        <translation>重新封装文件</translation>
    </message>
    <message>
        <source>Re-wrap a folder</source>
        <translation>重新封装文件夹</translation>
    </message>
    <message>
        <source>1 known file is not where it was.</source>
        <translation>1 个已知文件不在原位置。</translation>
    </message>
    <message>
        <source>{n} known files are not where they were.</source>
        <translation>{n} 个已知文件不在原位置。</translation>
    </message>
    <message>
        <source>They open with the older version as before.</source>
        <translation>这些文件仍可用旧版本打开。</translation>
    </message>
    <message>
        <source>Files that were moved can be chosen by hand.</source>
        <translation>已移动的文件可手动选择。</translation>
    </message>
    <message>
        <source>It opens with the older version as before.</source>
        <translation>该文件仍可用旧版本打开。</translation>
    </message>
</context>
<context>
    <name>RotationCard</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>RotationNews</name>
    <message>
        <source>{n} credentials are rotated</source>
        <translation>{n} 个凭据已轮换</translation>
    </message>
    <message>
        <source>Nothing was due</source>
        <translation>没有到期的凭据</translation>
    </message>
    <message>
        <source>“{name}” is rotated</source>
        <translation>“{name}”已轮换</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>{n} of {all} were not rotated. Their old values still work.</source>
        <translation>{all} 个中有 {n} 个未轮换，旧值仍然有效。</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} 等，另有 {n} 个</translation>
    </message>
</context>
<context>
    <name>RotationWords</name>
    <message>
        <source>Rotating now</source>
        <translation>正在轮换</translation>
    </message>
    <message>
        <source>Rotated</source>
        <translation>已轮换</translation>
    </message>
    <message>
        <source>Rotation unfinished</source>
        <translation>轮换未完成</translation>
    </message>
    <message>
        <source>Not rotated</source>
        <translation>未轮换</translation>
    </message>
    <message>
        <source>Rotation cancelled</source>
        <translation>轮换已取消</translation>
    </message>
    <message>
        <source>Rotation stuck</source>
        <translation>轮换受阻</translation>
    </message>
    <message>
        <source>started {time} by hand</source>
        <translation>{time} 手动开始</translation>
    </message>
    <message>
        <source>started {time} by schedule</source>
        <translation>{time} 按计划开始</translation>
    </message>
    <message>
        <source>started {time}, emergency</source>
        <translation>{time} 开始，紧急轮换</translation>
    </message>
    <message>
        <source>started {time} by a trigger</source>
        <translation>{time} 由触发器开始</translation>
    </message>
    <message>
        <source>It goes on by itself at {time}, or when you press Go on.</source>
        <translation>将在 {time} 自动继续，也可以按“继续”。</translation>
    </message>
    <message>
        <source>The old {secret} works until {time} too.</source>
        <translation>旧{secret}在 {time} 前也有效。</translation>
    </message>
    <message>
        <source>The new one logs in.</source>
        <translation>新值可以登录。</translation>
    </message>
    <message>
        <source>The new one does not log in.</source>
        <translation>新值无法登录。</translation>
    </message>
    <message>
        <source>The old one is refused.</source>
        <translation>旧值已被拒绝。</translation>
    </message>
    <message>
        <source>The old one still logs in.</source>
        <translation>旧值仍能登录。</translation>
    </message>
    <message>
        <source>No session was open with the old one.</source>
        <translation>没有用旧值打开的会话。</translation>
    </message>
    <message>
        <source>1 session opened with the old one was ended.</source>
        <translation>用旧值打开的 1 个会话已终止。</translation>
    </message>
    <message>
        <source>{n} sessions opened with the old one were ended.</source>
        <translation>用旧值打开的 {n} 个会话已终止。</translation>
    </message>
    <message>
        <source>Sessions that were opened with the old one go on.</source>
        <translation>用旧值打开的会话仍在继续。</translation>
    </message>
    <message>
        <source>“{name}” is rotated.</source>
        <translation>“{name}”已轮换。</translation>
    </message>
    <message>
        <source>“{name}” is being rotated.</source>
        <translation>“{name}”正在轮换。</translation>
    </message>
    <message>
        <source>“{name}” is not rotated yet. All its values are kept.</source>
        <translation>“{name}”尚未轮换完。所有的值都已保留。</translation>
    </message>
    <message>
        <source>“{name}” was not rotated. The old value still works.</source>
        <translation>“{name}”未轮换，旧值仍然有效。</translation>
    </message>
    <message>
        <source>The rotation of “{name}” was cancelled.</source>
        <translation>“{name}”的轮换已取消。</translation>
    </message>
    <message>
        <source>“{name}” is stuck: no value that is known here logs in.</source>
        <translation>“{name}”受阻：已知的值都无法登录。</translation>
    </message>
    <message>
        <source>key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>The target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>No new {secret} was saved.</source>
        <translation>没有保存新{secret}。</translation>
    </message>
    <message>
        <source>{target} did not take it.</source>
        <translation>{target} 未接受。</translation>
    </message>
    <message>
        <source>The new {secret} did not pass.</source>
        <translation>新{secret}未通过测试。</translation>
    </message>
    <message>
        <source>The new {secret} did not become current.</source>
        <translation>新{secret}未成为当前。</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>A new {secret} is saved as pending.</source>
        <translation>新{secret}已保存为待定。</translation>
    </message>
    <message>
        <source>Making a new {secret}…</source>
        <translation>正在生成新{secret}…</translation>
    </message>
    <message>
        <source>A new {secret} is made and saved.</source>
        <translation>生成并保存新{secret}。</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>{target} took it. Both work until {time}.</source>
        <translation>{target} 已接受。在 {time} 前两者都有效。</translation>
    </message>
    <message>
        <source>{target} took it.</source>
        <translation>{target} 已接受。</translation>
    </message>
    <message>
        <source>Telling {target}…</source>
        <translation>正在通知 {target}…</translation>
    </message>
    <message>
        <source>{target} takes it.</source>
        <translation>{target} 接受新值。</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>{account} logs in with it.</source>
        <translation>{account} 可以用它登录。</translation>
    </message>
    <message>
        <source>Logging in as {account} with the new {secret}…</source>
        <translation>正在用新{secret}以 {account} 登录…</translation>
    </message>
    <message>
        <source>{account} logs in with the new {secret}.</source>
        <translation>{account} 用新{secret}登录。</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>The new {secret} is current.</source>
        <translation>新{secret}已是当前。</translation>
    </message>
    <message>
        <source>Making the new {secret} current…</source>
        <translation>正在将新{secret}设为当前…</translation>
    </message>
    <message>
        <source>The new {secret} becomes current.</source>
        <translation>新{secret}成为当前。</translation>
    </message>
</context>
<context>
    <name>ScheduleSection</name>
    <message>
        <source>Automatic rotation</source>
        <translation>自动轮换</translation>
    </message>
    <message>
        <source>Rotation period</source>
        <translation>轮换周期</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Cron line</source>
        <translation>cron 表达式</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>By a cron line…</source>
        <translation>按 cron 表达式…</translation>
    </message>
    <message>
        <source>It rotates only when asked.</source>
        <translation>仅在手动时轮换。</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>Due now; it rotates while the vault is unlocked.</source>
        <translation>已到期；保险库解锁期间会轮换。</translation>
    </message>
    <message>
        <source>Next on {when}, while the vault is unlocked.</source>
        <translation>下次在{when}，须保险库已解锁。</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>Inspect a file</source>
        <translation>查看文件头</translation>
    </message>
    <message>
        <source>Stop and turn</source>
        <translation>停止并切换</translation>
    </message>
    <message>
        <source>Stop and go on</source>
        <translation>停止并继续</translation>
    </message>
    <message>
        <source>Vaults (*.vault);;All files (*)</source>
        <translation>保险库 (*.vault);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a vault</source>
        <translation>打开保险库</translation>
    </message>
</context>
<context>
    <name>SecretLabel</name>
    <message>
        <source>Copy: {name}</source>
        <translation>复制：{name}</translation>
    </message>
    <message>
        <source>Hide: {name}</source>
        <translation>隐藏：{name}</translation>
    </message>
    <message>
        <source>Show for 30 seconds: {name}</source>
        <translation>显示 30 秒：{name}</translation>
    </message>
    <message>
        <source>{name}, hidden</source>
        <translation>{name}，已隐藏</translation>
    </message>
</context>
<context>
    <name>SecretMaker</name>
    <message>
        <source>Show: {name}</source>
        <translation>显示：{name}</translation>
    </message>
    <message>
        <source>Hide: {name}</source>
        <translation>隐藏：{name}</translation>
    </message>
    <message>
        <source>Make one</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>字母</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>Also those that look alike: 0O1lI|</source>
        <translation>也用形似的字符：0O1lI|</translation>
    </message>
    <message>
        <source>Never these</source>
        <translation>不用这些</translation>
    </message>
    <message>
        <source>{n} characters</source>
        <translation>{n} 个字符</translation>
    </message>
    <message>
        <source>Strength: {grade}</source>
        <translation>强度：{grade}</translation>
    </message>
</context>
<context>
    <name>SelectedCredentials</name>
    <message>
        <source>Rotate these now</source>
        <translation>立即轮换所选</translation>
    </message>
    <message>
        <source>Restore these</source>
        <translation>恢复所选</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Move to bin</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>1 target</source>
        <translation>1 个目标</translation>
    </message>
    <message>
        <source>{n} targets</source>
        <translation>{n} 个目标</translation>
    </message>
    <message>
        <source>{n} selected</source>
        <translation>已选 {n} 个</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Clear the selection</source>
        <translation>清除选择</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>查找设置</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Show all settings</source>
        <translation>显示所有设置</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>No setting matches “{typed}”</source>
        <translation>没有与“{typed}”匹配的设置</translation>
    </message>
    <message>
        <source>Names of settings and what they do were looked at.</source>
        <translation>已在设置的名称和说明中查找。</translation>
    </message>
</context>
<context>
    <name>ShortcutsSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Close the panel</source>
        <translation>关闭面板</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>更多操作</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Not by itself while files are worked on</source>
        <translation>处理文件期间不会自动锁定</translation>
    </message>
    <message>
        <source>By itself in {time}</source>
        <translation>{time}后自动锁定</translation>
    </message>
</context>
<context>
    <name>SmallWindow</name>
    <message>
        <source>Opened with {key}</source>
        <translation>已用 {key} 打开</translation>
    </message>
</context>
<context>
    <name>StepsList</name>
    <message>
        <source>Nothing is written until the last step.</source>
        <translation>最后一步之前不会写入任何内容。</translation>
    </message>
</context>
<context>
    <name>Strength</name>
    <message>
        <source>about 10{power} guesses</source>
        <translation>约 10{power} 次猜测</translation>
    </message>
    <message>
        <source>one of 2{power}, drawn at random</source>
        <translation>从 2{power} 种可能中随机选出</translation>
    </message>
    <message>
        <source>Very weak</source>
        <translation>很弱</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>弱</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>强</translation>
    </message>
    <message>
        <source>Very strong</source>
        <translation>很强</translation>
    </message>
    <message>
        <source>holds the vault’s name</source>
        <translation>含有保险库名称</translation>
    </message>
    <message>
        <source>holds a date</source>
        <translation>含有日期</translation>
    </message>
    <message>
        <source>holds a repetition or a row</source>
        <translation>含有重复或连续的字符</translation>
    </message>
    <message>
        <source>holds neighbouring keys</source>
        <translation>含有键盘上相邻的按键</translation>
    </message>
    <message>
        <source>holds a common password</source>
        <translation>含有常用密码</translation>
    </message>
    <message>
        <source>holds a name</source>
        <translation>含有姓名</translation>
    </message>
</context>
<context>
    <name>TextPage</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Encrypt with</source>
        <translation>加密密钥</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Make a sealed file instead…</source>
        <translation>改存为加密文件…</translation>
    </message>
    <message>
        <source>Decrypt</source>
        <translation>解密</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the plain text</source>
        <translation>复制明文</translation>
    </message>
    <message>
        <source>Copy the encrypted text</source>
        <translation>复制加密文本</translation>
    </message>
    <message>
        <source>Ctrl ↵</source>
        <translation>Ctrl ↵</translation>
    </message>
    <message>
        <source>Decrypt copied text</source>
        <translation>解密复制的文本</translation>
    </message>
    <message>
        <source>Encrypt or decrypt</source>
        <translation>加密或解密</translation>
    </message>
    <message>
        <source>Make a sealed file</source>
        <translation>存为加密文件</translation>
    </message>
    <message>
        <source>Sealed files (*.sealed);;All files (*)</source>
        <translation>加密文件 (*.sealed);;所有文件 (*)</translation>
    </message>
    <message>
        <source>notes.txt</source>
        <translation>notes.txt</translation>
    </message>
    <message>
        <source>Add pair</source>
        <translation>添加键值对</translation>
    </message>
    <message>
        <source>{key} opens this, but it is not UTF-8 text. The command line writes it as it is.</source>
        <translation>{key} 可以打开此内容，但它不是 UTF-8 文本。可用命令行原样写出。</translation>
    </message>
    <message>
        <source>{name} was written</source>
        <translation>已写入 {name}</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Make a sealed file…</source>
        <translation>存为加密文件…</translation>
    </message>
    <message>
        <source>Copy again</source>
        <translation>再次复制</translation>
    </message>
    <message>
        <source>No key can encrypt now. Make one, or enable one.</source>
        <translation>目前没有可用于加密的密钥。请新建或启用一个密钥。</translation>
    </message>
</context>
<context>
    <name>TextPane</name>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>TextSides</name>
    <message>
        <source>Plain text</source>
        <translation>明文</translation>
    </message>
    <message>
        <source>Type or paste text</source>
        <translation>输入或粘贴文本</translation>
    </message>
    <message>
        <source>Paste text that begins with vlt1</source>
        <translation>粘贴以 vlt1 开头的文本</translation>
    </message>
    <message>
        <source>Encrypted text</source>
        <translation>加密文本</translation>
    </message>
    <message>
        <source>The encrypted text was replaced</source>
        <translation>已替换加密文本</translation>
    </message>
    <message>
        <source>Decrypted with {key}</source>
        <translation>已用 {key} 解密</translation>
    </message>
    <message>
        <source>The plain text was replaced</source>
        <translation>已替换明文</translation>
    </message>
    <message>
        <source>Both texts are cleared</source>
        <translation>已清除明文和加密文本</translation>
    </message>
    <message>
        <source>The plain text is cleared</source>
        <translation>已清除明文</translation>
    </message>
    <message>
        <source>The encrypted text is cleared</source>
        <translation>已清除加密文本</translation>
    </message>
    <message>
        <source>This is encrypted text, so it was put here.</source>
        <translation>这是加密文本，因此放到了此处。</translation>
    </message>
    <message>
        <source>There is encrypted text in this.</source>
        <translation>其中含有加密文本。</translation>
    </message>
    <message>
        <source>Decrypt it</source>
        <translation>解密</translation>
    </message>
    <message>
        <source>The clipboard holds no text, or not all of it is UTF-8. Nothing was pasted.</source>
        <translation>剪贴板中没有文本，或文本不全是 UTF-8。未粘贴任何内容。</translation>
    </message>
    <message>
        <source>That is more than is taken here. Copy only the part that begins with vlt1.</source>
        <translation>内容超出此处的上限。请只复制以 vlt1 开头的部分。</translation>
    </message>
    <message>
        <source>That is more text than is shown here. It can become a sealed file.</source>
        <translation>文本过长，无法在此显示。可以存为加密文件。</translation>
    </message>
    <message>
        <source>Make a sealed file…</source>
        <translation>存为加密文件…</translation>
    </message>
    <message>
        <source>There is no encrypted text in this, so it was put here.</source>
        <translation>其中没有加密文本，因此放到了此处。</translation>
    </message>
    <message>
        <source>Move to plain text</source>
        <translation>移到明文</translation>
    </message>
    <message>
        <source>No key here opens this</source>
        <translation>这里没有能打开此内容的密钥</translation>
    </message>
    <message>
        <source>{key} waits for its deletion</source>
        <translation>{key} 已计划删除</translation>
    </message>
    <message>
        <source>{key} is disabled</source>
        <translation>{key} 已停用</translation>
    </message>
    <message>
        <source>Opens with {key}</source>
        <translation>可用 {key} 打开</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
    <message>
        <source>Show {n} more</source>
        <translation>再显示 {n} 个</translation>
    </message>
</context>
<context>
    <name>Toasts</name>
    <message>
        <source>Ctrl Z</source>
        <translation>Ctrl Z</translation>
    </message>
</context>
<context>
    <name>TransferWords</name>
    <message>
        <source>CSV table</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>Bitwarden JSON</source>
        <translation>Bitwarden JSON 文件</translation>
    </message>
    <message>
        <source>KeePass database</source>
        <translation>KeePass 数据库</translation>
    </message>
    <message>
        <source>Sealed export</source>
        <translation>加密导出文件</translation>
    </message>
    <message>
        <source>{kind}, numbered</source>
        <translation>{kind}，加编号</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Nothing here does that</source>
        <translation>这里没有对应功能</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>Unknown type</source>
        <translation>未知类型</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Here already</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>In the bin there</source>
        <translation>在原回收站中</translation>
    </message>
    <message>
        <source>Not acceptable</source>
        <translation>无法接受</translation>
    </message>
    <message>
        <source>Would run a program by itself</source>
        <translation>会自行运行程序</translation>
    </message>
</context>
<context>
    <name>TrayCredentials</name>
    <message>
        <source>Search…</source>
        <translation>搜索…</translation>
    </message>
    <message>
        <source>The clipboard clears in {left}.</source>
        <translation>剪贴板将在 {left}后清除。</translation>
    </message>
    <message>
        <source>“{name}” is copied</source>
        <translation>“{name}”已复制</translation>
    </message>
</context>
<context>
    <name>TrayDesk</name>
    <message>
        <source>{name}, unlocked</source>
        <translation>{name}，已解锁</translation>
    </message>
    <message>
        <source>No vault yet</source>
        <translation>还没有保险库</translation>
    </message>
    <message>
        <source>{name} is not at its place</source>
        <translation>找不到 {name}</translation>
    </message>
    <message>
        <source>{name}, locked</source>
        <translation>{name}，已锁定</translation>
    </message>
    <message>
        <source>{name}, open for programs</source>
        <translation>{name}，仍对程序开放</translation>
    </message>
    <message>
        <source>Its icon brings it back. Quit in the icon&apos;s menu ends it. The settings can change that.</source>
        <translation>单击托盘图标可重新打开窗口。要结束程序，请在图标菜单中选择“退出”。可在设置中更改。</translation>
    </message>
    <message>
        <source>vaultapp stays in the tray</source>
        <translation>vaultapp 仍在托盘中运行</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>Open vaultapp</source>
        <translation>打开 vaultapp</translation>
    </message>
    <message>
        <source>Quick decrypt…</source>
        <translation>快速解密…</translation>
    </message>
    <message>
        <source>Encrypt clipboard</source>
        <translation>加密剪贴板</translation>
    </message>
    <message>
        <source>Copy credential</source>
        <translation>复制凭据</translation>
    </message>
    <message>
        <source>Rotate due credentials</source>
        <translation>轮换到期的凭据</translation>
    </message>
    <message>
        <source>Lock everything</source>
        <translation>全部锁定</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>解锁…</translation>
    </message>
</context>
<context>
    <name>Triggers</name>
    <message>
        <source>After no input</source>
        <translation>空闲一段时间后</translation>
    </message>
    <message>
        <source>When the computer sleeps</source>
        <translation>电脑睡眠时</translation>
    </message>
    <message>
        <source>When the screen is locked</source>
        <translation>屏幕锁定时</translation>
    </message>
    <message>
        <source>When the screen saver comes on</source>
        <translation>屏幕保护程序启动时</translation>
    </message>
    <message>
        <source>When someone else logs in</source>
        <translation>其他用户登录时</translation>
    </message>
    <message>
        <source>This desktop does not tell when it is used: only input to this app counts.</source>
        <translation>此桌面不提供使用情况：只计算在本应用中的操作。</translation>
    </message>
    <message>
        <source>The computer does not wait for it here: it may lock only when it wakes.</source>
        <translation>电脑在此不会等待锁定完成：可能要到唤醒时才会锁定。</translation>
    </message>
    <message>
        <source>This system does not tell when it sleeps: its message bus does not answer.</source>
        <translation>此系统不提供睡眠通知：消息总线没有响应。</translation>
    </message>
    <message>
        <source>This system does not tell when it sleeps: logind is not there.</source>
        <translation>此系统不提供睡眠通知：没有 logind。</translation>
    </message>
    <message>
        <source>Not available: the part of this app that listens for it could not be loaded.</source>
        <translation>不可用：无法加载本应用中负责监听的部分。</translation>
    </message>
    <message>
        <source>This system does not tell of it: its message bus does not answer.</source>
        <translation>此系统不提供相关通知：消息总线没有响应。</translation>
    </message>
    <message>
        <source>This system does not tell of it: logind is not there.</source>
        <translation>此系统不提供相关通知：没有 logind。</translation>
    </message>
    <message>
        <source>This system does not tell of it: logind knows no session of yours.</source>
        <translation>此系统不提供相关通知：logind 中没有你的会话。</translation>
    </message>
    <message>
        <source>This desktop does not tell of it: its message bus does not answer.</source>
        <translation>此桌面不提供相关通知：消息总线没有响应。</translation>
    </message>
    <message>
        <source>This desktop has no screen saver that tells of it.</source>
        <translation>此桌面没有能发出通知的屏幕保护程序。</translation>
    </message>
</context>
<context>
    <name>TurningNotice</name>
    <message>
        <source>Turning to “{name}”…</source>
        <translation>正在切换到“{name}”…</translation>
    </message>
</context>
<context>
    <name>UnlockForm</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>This passphrase does not open the vault.</source>
        <translation>此口令无法打开保险库。</translation>
    </message>
    <message>
        <source>Too many tries.</source>
        <translation>尝试次数过多。</translation>
    </message>
    <message>
        <source>Open this copy</source>
        <translation>打开此副本</translation>
    </message>
    <message>
        <source>Try again in {n} s.</source>
        <translation>请在 {n} 秒后重试。</translation>
    </message>
    <message>
        <source>The next passphrase is taken in {n} s.</source>
        <translation>{n} 秒后可再次输入口令。</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已打开</translation>
    </message>
</context>
<context>
    <name>UnlockSection</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Recovery words</source>
        <translation>恢复词</translation>
    </message>
    <message>
        <source>Ways to unlock</source>
        <translation>解锁方式</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>更改口令</translation>
    </message>
    <message>
        <source>Drill…</source>
        <translation>演练…</translation>
    </message>
    <message>
        <source>Drill with the recovery words</source>
        <translation>恢复词演练</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>替换…</translation>
    </message>
    <message>
        <source>Replace the recovery words</source>
        <translation>替换恢复词</translation>
    </message>
    <message>
        <source>This vault has none.</source>
        <translation>此保险库没有口令。</translation>
    </message>
    <message>
        <source>Make…</source>
        <translation>创建…</translation>
    </message>
    <message>
        <source>Make recovery words</source>
        <translation>创建恢复词</translation>
    </message>
    <message>
        <source>None were made. If the passphrase is forgotten, nothing opens the vault.</source>
        <translation>尚未创建。如果忘记口令，将无法打开保险库。</translation>
    </message>
    <message>
        <source>They open the vault without the passphrase. Made on {day}.</source>
        <translation>无需口令即可打开保险库。创建于 {day}。</translation>
    </message>
    <message>
        <source>The last drill passed {when}.</source>
        <translation>上次通过演练：{when}。</translation>
    </message>
    <message>
        <source>Set on {day}.</source>
        <translation>设置于 {day}。</translation>
    </message>
    <message>
        <source>Each try takes {memory} of memory and 1 pass over it. Set on {day}.</source>
        <translation>每次尝试占用 {memory} 内存，计算 1 轮。设置于 {day}。</translation>
    </message>
    <message>
        <source>Each try takes {memory} of memory and {n} passes over it. Set on {day}.</source>
        <translation>每次尝试占用 {memory} 内存，计算 {n} 轮。设置于 {day}。</translation>
    </message>
    <message>
        <source>The passphrase is changed. Copies made before open with the earlier one</source>
        <translation>口令已更改。此前创建的副本仍用旧口令打开</translation>
    </message>
    <message>
        <source>The vault has new recovery words. Sheets printed before do not open it</source>
        <translation>保险库已有新的恢复词。此前打印的恢复资料无法再打开它</translation>
    </message>
</context>
<context>
    <name>ValueForm</name>
    <message>
        <source>New value of {name}</source>
        <translation>{name} 的新值</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Saved here as the current version. The one before stays as previous.</source>
        <translation>在此保存为当前版本，之前的版本保留为上一版。</translation>
    </message>
    <message>
        <source>Saved here only: the target is not told. Rotate now changes it there too.</source>
        <translation>只保存在此处，不会通知目标。“立即轮换”会在目标上一并更改。</translation>
    </message>
    <message>
        <source>The new value of “{name}” is not saved.</source>
        <translation>“{name}”的新值尚未保存。</translation>
    </message>
</context>
<context>
    <name>ValueSection</name>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Copy the account</source>
        <translation>复制账户</translation>
    </message>
    <message>
        <source>version of {day}</source>
        <translation>{day} 的版本</translation>
    </message>
    <message>
        <source>Copy: {name}</source>
        <translation>复制：{name}</translation>
    </message>
    <message>
        <source>Strength: {grade}.</source>
        <translation>强度：{grade}。</translation>
    </message>
    <message>
        <source>1 other credential has the same secret.</source>
        <translation>另有 1 个凭据使用相同的机密。</translation>
    </message>
    <message>
        <source>{n} other credentials have the same secret.</source>
        <translation>另有 {n} 个凭据使用相同的机密。</translation>
    </message>
</context>
<context>
    <name>VaultSection</name>
    <message>
        <source>Vault file</source>
        <translation>保险库文件</translation>
    </message>
    <message>
        <source>Check the vault</source>
        <translation>检查保险库</translation>
    </message>
    <message>
        <source>The vault</source>
        <translation>保险库</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show the vault in its folder</source>
        <translation>在文件夹中显示保险库</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Check the vault now</source>
        <translation>立即检查保险库</translation>
    </message>
    <message>
        <source>Reads every record, the vault’s own seal, its tables and the whole activity log.</source>
        <translation>读取每条记录、保险库的完整性校验值、数据表和全部活动日志。</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>The vault is whole: {records}, {keys}, {entries}. Checked {when}.</source>
        <translation>保险库完整：{records}、{keys}、{entries}。检查时间：{when}。</translation>
    </message>
    <message>
        <source>1 activity entry</source>
        <translation>1 条活动记录</translation>
    </message>
    <message>
        <source>{n} activity entries</source>
        <translation>{n} 条活动记录</translation>
    </message>
    <message>
        <source>1 record</source>
        <translation>1 条记录</translation>
    </message>
    <message>
        <source>{n} records</source>
        <translation>{n} 条记录</translation>
    </message>
    <message>
        <source>1 key</source>
        <translation>1 个密钥</translation>
    </message>
    <message>
        <source>{n} keys</source>
        <translation>{n} 个密钥</translation>
    </message>
    <message>
        <source>It was not checked.</source>
        <translation>未完成检查。</translation>
    </message>
</context>
<context>
    <name>VaultSwitcher</name>
    <message>
        <source>Vault {name}, unlocked</source>
        <translation>保险库 {name}，已解锁</translation>
    </message>
    <message>
        <source>Turn to another vault</source>
        <translation>切换到其他保险库</translation>
    </message>
    <message>
        <source>Open another vault…</source>
        <translation>打开其他保险库…</translation>
    </message>
    <message>
        <source>Make a new vault…</source>
        <translation>新建保险库…</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>已解锁</translation>
    </message>
</context>
<context>
    <name>VersionsSection</name>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>1 version</source>
        <translation>1 个版本</translation>
    </message>
    <message>
        <source>{n} versions</source>
        <translation>{n} 个版本</translation>
    </message>
    <message>
        <source>Make current</source>
        <translation>设为当前</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>{action}: {version}</source>
        <translation>{action}：{version}</translation>
    </message>
    <message>
        <source>Disable: {version}</source>
        <translation>停用：{version}</translation>
    </message>
    <message>
        <source>Current</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>待定</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一版</translation>
    </message>
    <message>
        <source>Out of use: no program gets it</source>
        <translation>已停用：没有程序能取得它</translation>
    </message>
    <message>
        <source>Never current. Kept until {day}, because the target may have it</source>
        <translation>从未成为当前。保留到 {day}，因为目标可能已接受它</translation>
    </message>
    <message>
        <source>Expired on {day}</source>
        <translation>已于 {day} 过期</translation>
    </message>
    <message>
        <source>In use from {day}</source>
        <translation>自 {day} 起使用</translation>
    </message>
    <message>
        <source>Every program that asks gets this one</source>
        <translation>所有取值的程序得到的都是它</translation>
    </message>
    <message>
        <source>Not in use until the test passes</source>
        <translation>测试通过前不会使用</translation>
    </message>
    <message>
        <source>The first one</source>
        <translation>最初的值</translation>
    </message>
    <message>
        <source>Written by hand</source>
        <translation>手动写入</translation>
    </message>
    <message>
        <source>Made by a rotation</source>
        <translation>由轮换生成</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>导入</translation>
    </message>
</context>
<context>
    <name>WatchesSection</name>
    <message>
        <source>Watch a file…</source>
        <translation>监视文件…</translation>
    </message>
    <message>
        <source>Break-in alarms</source>
        <translation>入侵警报</translation>
    </message>
    <message>
        <source>It can rotate at once when a file appears or changes, as when a server reports a break-in.</source>
        <translation>某个文件出现或变化时（例如服务器报告遭到入侵），可立即轮换。</translation>
    </message>
    <message>
        <source>Rotate no more by {name}</source>
        <translation>不再由 {name} 触发轮换</translation>
    </message>
    <message>
        <source>Without grace, and end open sessions</source>
        <translation>不留宽限期，并终止已打开的会话</translation>
    </message>
    <message>
        <source>Rotates {n} others too</source>
        <translation>同时轮换另外 {n} 个</translation>
    </message>
    <message>
        <source>Rotates 1 other too</source>
        <translation>同时轮换另外 1 个</translation>
    </message>
    <message>
        <source>Watch a file</source>
        <translation>监视文件</translation>
    </message>
</context>
<context>
    <name>WelcomeStep</name>
    <message>
        <source>Keys that stay with you</source>
        <translation>由你保管的密钥</translation>
    </message>
    <message>
        <source>A vault is one file on this computer. It holds keys that encrypt your files, and it opens with a passphrase that only you know.</source>
        <translation>保险库是这台电脑上的一个文件，其中的密钥用于加密你的文件。打开保险库的口令只有你知道。</translation>
    </message>
    <message>
        <source>Make a new vault</source>
        <translation>新建保险库</translation>
    </message>
    <message>
        <source>Choose a place and a passphrase. Takes two minutes.</source>
        <translation>选择位置并设置口令，约需两分钟。</translation>
    </message>
    <message>
        <source>Open an existing vault</source>
        <translation>打开现有保险库</translation>
    </message>
    <message>
        <source>A .vault file from here or from another computer.</source>
        <translation>这台或其他电脑上的 .vault 文件。</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>A copy becomes the vault here, once it was read whole.</source>
        <translation>完整读取副本后，用它作为这里的保险库。</translation>
    </message>
</context>
<context>
    <name>WindowKeys</name>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Filter the page</source>
        <translation>筛选当前页面</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Next area</source>
        <translation>下一个区域</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>快捷键列表</translation>
    </message>
    <message>
        <source>Pages, from the top</source>
        <translation>页面（从上到下）</translation>
    </message>
    <message>
        <source>Ctrl+1, 2, …</source>
        <translation>Ctrl+1、2、…</translation>
    </message>
    <message>
        <source>Close the innermost</source>
        <translation>关闭最上层</translation>
    </message>
</context>
<context>
    <name>Wizard</name>
    <message>
        <source>Name it and choose its place</source>
        <translation>命名并选择位置</translation>
    </message>
    <message>
        <source>Choose where it goes</source>
        <translation>选择保存位置</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Make the vault</source>
        <translation>创建保险库</translation>
    </message>
    <message>
        <source>Restore the copy</source>
        <translation>恢复副本</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Recovery kit</source>
        <translation>恢复资料</translation>
    </message>
    <message>
        <source>Vaults (*.vault);;All files (*)</source>
        <translation>保险库 (*.vault);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose the copy</source>
        <translation>选择副本</translation>
    </message>
</context>
<context>
    <name>WordField</name>
    <message>
        <source>Word {n}</source>
        <translation>第 {n} 个词</translation>
    </message>
    <message>
        <source>This is not word {n}.</source>
        <translation>这不是第 {n} 个词。</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
</context>
<context>
    <name>WordList</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove {word}</source>
        <translation>移除 {word}</translation>
    </message>
</context>
<context>
    <name>WordsField</name>
    <message>
        <source>Recovery words</source>
        <translation>恢复词</translation>
    </message>
    <message>
        <source>24 words, in their order</source>
        <translation>按顺序输入 24 个词</translation>
    </message>
    <message>
        <source>{n} of 24 words</source>
        <translation>{n} / 24 个词</translation>
    </message>
</context>
<context>
    <name>WorkActions</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Enter passphrase…</source>
        <translation>输入口令…</translation>
    </message>
    <message>
        <source>Encrypt all the same</source>
        <translation>仍然加密</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>两者都保留</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>WorkSection</name>
    <message>
        <source>Answer all…</source>
        <translation>统一处理…</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已完成</translation>
    </message>
    <message>
        <source>{n} running</source>
        <translation>{n} 个进行中</translation>
    </message>
    <message>
        <source>1 needs an answer</source>
        <translation>1 个待确认</translation>
    </message>
    <message>
        <source>{n} need an answer</source>
        <translation>{n} 个待确认</translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation>{n} 个等待中</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Nothing in work</source>
        <translation>没有任务</translation>
    </message>
    <message>
        <source>Files that you encrypt or decrypt are listed here until you clear them.</source>
        <translation>加密或解密的文件会列在这里，直到清除。</translation>
    </message>
    <message>
        <source>Encrypted files keep their name and gain .sealed; any AWS Encryption SDK with the key can open them.</source>
        <translation>加密文件保留原名并加上 .sealed；持有该密钥的任何 AWS Encryption SDK 都能打开。</translation>
    </message>
    <message>
        <source>Keep both for all</source>
        <translation>两者都保留（全部）</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>全部替换</translation>
    </message>
    <message>
        <source>Skip all</source>
        <translation>全部跳过</translation>
    </message>
</context>
<context>
    <name>WorkSentences</name>
    <message>
        <source>Waiting for {name}</source>
        <translation>等待 {name} 完成</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Skipped. What was there already is untouched.</source>
        <translation>已跳过。原有内容未改动。</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>Re-wrapping</source>
        <translation>正在重新封装</translation>
    </message>
    <message>
        <source>Encrypting</source>
        <translation>正在加密</translation>
    </message>
    <message>
        <source>Decrypting</source>
        <translation>正在解密</translation>
    </message>
    <message>
        <source>Packing and encrypting</source>
        <translation>正在打包并加密</translation>
    </message>
    <message>
        <source>Decrypting and unpacking</source>
        <translation>正在解密并解包</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 个文件</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} 个文件</translation>
    </message>
    <message>
        <source>This passphrase does not open the file, or the file was changed. Nothing was written.</source>
        <translation>此口令无法打开文件，或文件已被更改。未写入任何内容。</translation>
    </message>
    <message>
        <source>Only a passphrase opens this file</source>
        <translation>此文件只能用口令打开</translation>
    </message>
    <message>
        <source>This looks like a sealed file, but its header is damaged. Nothing was changed.</source>
        <translation>这看起来是加密文件，但文件头已损坏。未做任何更改。</translation>
    </message>
    <message>
        <source>{name} is already there</source>
        <translation>{name} 已存在</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written and the original is untouched.</source>
        <translation>已取消。未写入任何内容，原文件未改动。</translation>
    </message>
    <message>
        <source>Cancelled. 1 file was encrypted before that; it stays.</source>
        <translation>已取消。此前加密的 1 个文件会保留。</translation>
    </message>
    <message>
        <source>Cancelled. {n} files were encrypted before that; they stay.</source>
        <translation>已取消。此前加密的 {n} 个文件会保留。</translation>
    </message>
    <message>
        <source>Cancelled. 1 file was decrypted before that; it stays.</source>
        <translation>已取消。此前解密的 1 个文件会保留。</translation>
    </message>
    <message>
        <source>Cancelled. {n} files were decrypted before that; they stay.</source>
        <translation>已取消。此前解密的 {n} 个文件会保留。</translation>
    </message>
    <message>
        <source>Cancelled. 1 file was re-wrapped before that; it stays so.</source>
        <translation>已取消。此前重新封装的 1 个文件不会还原。</translation>
    </message>
    <message>
        <source>Cancelled. {n} files were re-wrapped before that; they stay so.</source>
        <translation>已取消。此前重新封装的 {n} 个文件不会还原。</translation>
    </message>
    <message>
        <source>1 other file was encrypted; it stays.</source>
        <translation>另有 1 个文件已加密，会保留。</translation>
    </message>
    <message>
        <source>{n} other files were encrypted; they stay.</source>
        <translation>另有 {n} 个文件已加密，会保留。</translation>
    </message>
    <message>
        <source>1 other file was decrypted; it stays.</source>
        <translation>另有 1 个文件已解密，会保留。</translation>
    </message>
    <message>
        <source>{n} other files were decrypted; they stay.</source>
        <translation>另有 {n} 个文件已解密，会保留。</translation>
    </message>
    <message>
        <source>1 other file was re-wrapped; it stays so.</source>
        <translation>另有 1 个文件已重新封装，不会还原。</translation>
    </message>
    <message>
        <source>{n} other files were re-wrapped; they stay so.</source>
        <translation>另有 {n} 个文件已重新封装，不会还原。</translation>
    </message>
    <message>
        <source>Opens with the newest version already. Nothing was changed.</source>
        <translation>已可用最新版本打开。未作任何更改。</translation>
    </message>
    <message>
        <source>1 link or device in it was left out.</source>
        <translation>其中 1 个链接或设备已跳过。</translation>
    </message>
    <message>
        <source>{n} links and devices in it were left out.</source>
        <translation>其中 {n} 个链接和设备已跳过。</translation>
    </message>
    <message>
        <source>a passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>1 file encrypted with {key}.</source>
        <translation>已用 {key}加密 1 个文件。</translation>
    </message>
    <message>
        <source>{n} files encrypted with {key}.</source>
        <translation>已用 {key}加密 {n} 个文件。</translation>
    </message>
    <message>
        <source>1 file decrypted with {key}.</source>
        <translation>已用 {key}解密 1 个文件。</translation>
    </message>
    <message>
        <source>{n} files decrypted with {key}.</source>
        <translation>已用 {key}解密 {n} 个文件。</translation>
    </message>
    <message>
        <source>The encrypted files are kept.</source>
        <translation>加密文件已保留。</translation>
    </message>
    <message>
        <source>1 file re-wrapped with {key}.</source>
        <translation>已用 {key}重新封装 1 个文件。</translation>
    </message>
    <message>
        <source>{n} files re-wrapped with {key}.</source>
        <translation>已用 {key}重新封装 {n} 个文件。</translation>
    </message>
    <message>
        <source>The content is as it was.</source>
        <translation>文件内容未改动。</translation>
    </message>
    <message>
        <source>No file in it needed encrypting.</source>
        <translation>其中没有需要加密的文件。</translation>
    </message>
    <message>
        <source>No file in it needed decrypting.</source>
        <translation>其中没有需要解密的文件。</translation>
    </message>
    <message>
        <source>No file in it needed re-wrapping.</source>
        <translation>其中没有需要重新封装的文件。</translation>
    </message>
    <message>
        <source>The originals were removed after the encrypted copies were read back.</source>
        <translation>已回读校验加密副本，原文件已移除。</translation>
    </message>
    <message>
        <source>Not every original was removed.</source>
        <translation>部分原文件未移除。</translation>
    </message>
    <message>
        <source>The originals are kept.</source>
        <translation>原文件已保留。</translation>
    </message>
    <message>
        <source>Encrypted with {key}.</source>
        <translation>已用 {key}加密。</translation>
    </message>
    <message>
        <source>Decrypted with {key}.</source>
        <translation>已用 {key}解密。</translation>
    </message>
    <message>
        <source>Re-wrapped with {key}.</source>
        <translation>已用 {key}重新封装。</translation>
    </message>
    <message>
        <source>{key}, version {n}</source>
        <translation>{key} 第 {n} 版</translation>
    </message>
    <message>
        <source> and </source>
        <translation>、</translation>
    </message>
    <message>
        <source>The original was removed after the encrypted copy was read back.</source>
        <translation>已回读校验加密副本，原文件已移除。</translation>
    </message>
    <message>
        <source>The original is kept.</source>
        <translation>原文件已保留。</translation>
    </message>
    <message>
        <source>The encrypted file is kept.</source>
        <translation>加密文件已保留。</translation>
    </message>
</context>
<context>
    <name>WorkView</name>
    <message>
        <source>Work</source>
        <translation>任务</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>凭据</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
</context>
<context>
    <name>_PairRow</name>
    <message>
        <source>Name of a pair</source>
        <translation>键值对的名称</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value of the pair</source>
        <translation>键值对的值</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Remove pair</source>
        <translation>移除键值对</translation>
    </message>
</context>
<context>
    <name>_Steps</name>
    <message>
        <source>Step {n} of {all}: {name}</source>
        <translation>第 {n} 步，共 {all} 步：{name}</translation>
    </message>
</context>
</TS>
